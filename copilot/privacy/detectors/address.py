"""Postal addresses down to the street: English, German, French and Chinese forms. A city or country alone is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.privacy.finding import CJK, NOT_AFTER_WORD, NOT_BEFORE_WORD, Finding, Naming, finding, findings_of

KIND = "address"
NAMING = Naming("Address", "地址")
RANK = 8
OPTIONAL = False

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_STREET = (
    r"(?:Streets?|St|Roads?|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl|Square|Sq|Terrace|Close"
    r"|Crescent|Highway|Hwy|Parkway|Pkwy|Row|Gardens|Mews|Walk|Hill|Quay|Wharf|Circle|Loop|Trail|Alley"
    r"|Embankment|Broadway|Marg|Nagar)"
)
_UK_CODE = r"[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][ABD-HJLNP-UW-Z]{2}"
_UNIT = (
    r"(?:Apt|Apartment|Suite|Ste|Unit|Floor|Fl|Room|Flat|Building|Bldg)\.? ?#?[0-9A-Za-z-]{1,6}"
    r"|#[0-9]{1,5}|[0-9]{1,2}(?:st|nd|rd|th) [Ff]loor"
)
_PLACE = r"[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:['’.-][^\W\d_]+)*"
_REGION = rf"(?:{_PLACE}(?: {_PLACE}){{0,2}})"
_CODE = rf"(?:[A-Z]{{2}} [0-9]{{5}}(?:-[0-9]{{4}})?|{_UK_CODE}|[A-Z]{{2,3}} [0-9]{{4}}|[0-9]{{5,6}}){NOT_BEFORE_WORD}"
_TAIL = (
    rf"(?:,? (?:{_UNIT}))?(?:(?:, {_REGION}){{0,3}},? {_CODE}|(?:, {_REGION}(?![0-9])){{0,3}})"
    r"(?:, (?:USA?|UK|United Kingdom|Ireland|Canada|Australia|India|Singapore|China|P\.?R\.? China|Germany|France))?"
)
_ENGLISH = re.compile(
    rf"{NOT_AFTER_WORD}(?:(?:{_UNIT}),? )?(?:No\.? ?)?[0-9]{{1,5}}(?:[A-Za-z]"
    rf"|-[0-9]{{1,4}})?,? (?:[NSEW]\.? |North |South |East |West )?"
    rf"(?:(?:{_CAPITAL}|[0-9]{{1,3}}(?:st|nd|rd|th)) ){{1,4}}?{_STREET}\.?(?:{NOT_BEFORE_WORD}(?<!\.)"
    rf"|(?<=\.))(?:,? (?:[NSEW]{{1,2}}\.?|North|South|East|West){NOT_BEFORE_WORD})?{_TAIL}"
)
_BOX = re.compile(rf"{NOT_AFTER_WORD}P\.? ?O\.? ?Box [0-9]{{1,6}}{_TAIL}", re.IGNORECASE)
_UK_POSTCODE = re.compile(rf"{NOT_AFTER_WORD}{_UK_CODE}{NOT_BEFORE_WORD}")
_CONTINENT_CODE = (
    r"(?:,? (?:[A-Z]{1,2}-)?[0-9]{4,5} [A-ZÄÖÜÉ][\w'’-]+(?:[ -](?:am|an der|im|sur|sous|les?|la|de"
    r"|[A-ZÄÖÜÉ][\w'’-]+)){0,3})?"
)
_GERMAN = re.compile(
    rf"(?<!\w)(?:[A-ZÄÖÜ][\w.-]*[ -]){{0,3}}?(?:[A-ZÄÖÜ][\w-]*(?:straße|strasse|str\.|weg|platz|allee|gasse"
    rf"|ring|damm|ufer|steig|markt|graben)"
    rf"|(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Ring|Damm|Ufer|Kai|Unter den Linden|Am [A-ZÄÖÜ]\w+"
    rf"|An der [A-ZÄÖÜ]\w+)) [0-9]{{1,4}} ?[a-h]?(?![0-9\w])(?:[-/][0-9]{{1,4}})?{_CONTINENT_CODE}"
)
_FRENCH = re.compile(
    rf"{NOT_AFTER_WORD}[0-9]{{1,4}}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.|boulevard|bd|place|chemin"
    rf"|impasse|quai|allée|cours|route)"
    rf" (?:(?:de|du|des|la|le|les|l'|d'|d’|l’) ?){{0,3}}[A-ZÉÈÀ][\w'’-]+(?:[ -](?:de|du|des|la"
    rf"|[A-ZÉÈÀ][\w'’-]+)){{0,4}}{_CONTINENT_CODE}",
    re.IGNORECASE,
)
_NUMERAL = "0-9０-９A-Za-z一二三四五六七八九十甲乙丙丁东南西北"
_HOUSE = r"(?:[0-9０-９]{1,5}(?:[-－~至][0-9]{1,5})?|[一二三四五六七八九十百]{1,5})(?:号院|号楼|号|弄|巷|支?路)"
_INSIDE = (
    rf"(?:[ 　,，]{{0,2}}(?:[{CJK}A-Za-z0-9]{{1,12}}?(?:大厦|大楼|小区|花园|公寓|广场|中心|家园|新村|苑"
    rf"|园区?|城|府|庭|写字楼|科技园)|[{_NUMERAL}]{{1,5}}(?:号楼|号院|栋|幢|单元|座|层|楼|室|舍|房|号|区|期"
    rf"|门)(?:[0-9]{{3,4}}(?![0-9室]))?))"
)
_STREET_END = re.compile(
    rf"(?:大街|大道|街道|胡同|路|街|道|巷|里弄|里|村|弄)(?:[{CJK}]{{1,3}}段)?[ ]?{_HOUSE}{_INSIDE}{{0,6}}"
)
_LEVEL_END = re.compile(
    rf"[市州区县旗镇乡村](?:{_INSIDE}{{1,6}}"
    rf"|[{CJK}]{{2,10}}[村镇][0-9一二三四五六七八九十]{{1,3}}组(?:[0-9]{{1,3}}号)?)"
)
_LEVELS = re.compile(rf"(?:省|自治区|市)[{CJK}]{{1,7}}?[市州区县旗]")
_LEAD = re.compile(rf"[{CJK}0-9]*\Z")
_CUT = re.compile(
    r"(?:住在|位于|坐落于|地址[是为]?|寄到|寄往|送到|送至|搬到|搬至|迁至|迁到|寄送至|发到|发往|家住|现住"
    r"|住址[是为]?|前往|来到|去往|注册地|办公地点|设在|约在|住|在|到|至|往|于|是|为|去|从|的|请|我|你|他"
    r"|她|和|与|了|把|给|由)"
)
_PROVINCE = re.compile(
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东"
    "|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏"
    "|新疆|香港|澳门|深圳|广州|杭州|南京|苏州|成都|武汉|西安|青岛|大连|宁波|厦门|长沙|郑州|济南|无锡|合肥"
    "|福州|东莞|佛山|昆明|沈阳|哈尔滨|石家庄|南昌|贵阳|珠海|温州"
)
_JAPANESE = re.compile(rf"〒[0-9]{{3}}-[0-9]{{4}}(?:[ 　]?[{CJK}\u3040-\u30ff0-9０-９−-]{{4,40}})?")


def find(text: str) -> tuple[Finding, ...]:
    if not any(character.isdigit() for character in text) and "号" not in text:
        return ()
    western = findings_of(KIND, text, (_ENGLISH, _BOX, _UK_POSTCODE, _GERMAN, _FRENCH, _JAPANESE))
    return (*western, *_chinese(text, _STREET_END), *_chinese(text, _LEVEL_END))


def _chinese(text: str, end: re.Pattern[str]) -> Iterator[Finding]:
    """From the first place name on, or from behind the last word that leads to an address."""
    for match in end.finditer(text):
        run = _LEAD.search(text, max(0, match.start() - 36), match.start())
        lead = run.group() if run else ""
        if end is _LEVEL_END and not _LEVELS.search(lead + match.group()[:1]):
            continue
        place = _PROVINCE.search(lead)
        cuts = [cut.end() for cut in _CUT.finditer(lead) if cut.end() < len(lead)]
        start = place.start() if place else cuts[-1] if cuts else 0
        if start < len(lead):
            yield finding(KIND, text, match.start() - len(lead) + start, match.end())
