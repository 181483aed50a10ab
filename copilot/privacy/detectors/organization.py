"""Companies and institutions by what their names end in: Ltd, GmbH, University, 有限公司, 银行. Brands alone are none.

Other names come from the person's mail (people.py) and their own list.
"""

from __future__ import annotations

import re

from copilot.privacy.finding import CJK, NOT_AFTER_WORD, NOT_BEFORE_WORD, Finding, Naming, finding, findings_of
from copilot.privacy.lexicon import COMMON_CAPITALIZED, COMPANY_ENDING, words

KIND = "organization"
NAMING = Naming("Company", "公司", letters=True)
RANK = 41
OPTIONAL = False

_WORD = r"[A-Z0-9À-ÖØ-Þ][\w'’.-]*"
_LINK = r"(?:&|and|und|et|of|de|for|der|für)"
_LATIN = re.compile(
    rf"{NOT_AFTER_WORD}(?P<it>{_WORD}(?:[ ](?:{_LINK}[ ])?{_WORD}){{0,5}}?,?[ ]{COMPANY_ENDING}\.?){NOT_BEFORE_WORD}"
)
_INSTITUTION = re.compile(
    rf"{NOT_AFTER_WORD}(?P<it>{_WORD}(?:[ ](?:(?:&|and|of)[ ])?{_WORD}){{0,4}}?[ ]"
    r"(?:Holdings?|Group|Bank|Insurance|Hospital|University|College|Institute|Partners|Associates"
    r"|Consulting|Consultants|Technologies"
    r"|Solutions|Systems|Logistics|Pharmaceuticals?|Pharma|Industries|Enterprises|Ventures|Capital"
    r"|Foundation|Airlines|Motors|Robotics|Laboratories|Labs"
    rf"|Electronics|Semiconductors?|Bancorp|Clinic|Studios|Media|Energy|Foods|Chemicals"
    rf"|Textiles|Shipping)){NOT_BEFORE_WORD}"
)
_AND = re.compile(
    rf"{NOT_AFTER_WORD}(?P<it>{_WORD}(?:, {_WORD}){{0,2}},? (?:&|and) (?:Associates|Partners|Sons|Brothers"
    rf"|Daughters|Co\.?))"
    rf"{NOT_BEFORE_WORD}"
)
_OF = re.compile(
    rf"{NOT_AFTER_WORD}(?P<it>(?:University|Bank|Institute|College|Ministry|Technical University"
    rf"|Royal Bank) of (?:the )?{_WORD}(?:(?: and| of)? {_WORD}){{0,3}})"
    r"|(?P<other>\b(?:Universität|Université|Universidad|Klinikum|Sparkasse|Stadtwerke|Kanzlei|Banque"
    r"|Banco) (?:de |zu |du )?[A-ZÀ-ÖØ-Þ][\w-]+(?: [A-ZÀ-ÖØ-Þ][\w-]+)?)"
)
_GENERIC = words(
    """
    The A An Our Your Their This That These Working User Security Control Operating File Information Management
    Target Focus Age Test Data Support Data Online Internet Public Private State Local Central World Food Blood
    Central New Old Each Every Any All Other First Second Heavy Human Legal Insurance Bank Group Social Venture
    Working Human Mass Renewable Solar Wind Nuclear Study Peer Steering Interest Resource Party One Two Three
    Medical General Which What My His Her Its No Some Computer Network Digital Modern Free Open Distributed
    Embedded Payment Home Real Time Expert Nervous Immune Most Many Several Power Building Application Machine
    In On At By For From To With As If When After Before Since Under
    """
)
_ENDINGS = (
    "股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|集团|总公司|分公司|银行|支行|会计师事务所"
    "|律师事务所|事务所|研究院|研究所|医院|大学|学院|中学|小学|幼儿园|出版社|基金会"
    "|合作社|工作室|保险公司|证券公司|科技公司|公司|委员会|管理局|证券|酒店"
)
_CHINESE = re.compile(
    rf"(?P<it>[{CJK}A-Za-z0-9（）()·]{{2,26}}?(?P<end>{_ENDINGS})(?:(?![和与及])[{CJK}]{{2,8}}?(?:分公司"
    rf"|支行|分行|分院))?)"
)
_CUT = re.compile(
    "我们|你们|他们|贵司|我司|本次|这家|那家|一家|两家|某家|就职于|任职于|供职于|毕业于|来自|加入|供应商"
    "|客户|甲方|乙方|丙方|联系|签约|购买|收购|投资|支付给|支付|通知|拜访|委托|选择|入职|就读于|成立了?"
    "|创办了?|隶属于"
    "|属于|位于|汇入|转入|收到|前往|合作方|承包商|开户行|单位|名称|买方|卖方|付款方|收款方|代表|担任|以及"
    "|所在|负责|参观|访问|通过|根据|关于|已向|并向|公司[:：]|竞争对手|子公司|母公司|总部|供货商|使用|向|与|跟"
    "|在|是|由|给|从|为|被"
    "|把|于|去|到|的|了|及(?!其)|和(?!平|谐|利)|：|（甲方）|（乙方）|昨天|今天|明天|今年|去年|请|让|找|读"
    "|上(?!海)|离开|进入|或|当前|目前|其中|还有|按"
)
_GENERIC_CHINESE = re.compile(
    r"(?:[本该我贵某各每此这那全一两几多家个子母总分大小新老上市外资国有私营民营跨国股份有限责任保险科技物流快递贸易投资证券软件互联网制造建筑咨询供应开户发卡收单中央商业综合公立私立三甲附近专科重点名牌社区县市省乡"
    r"镇当地所有其他相关有关合作关联控股参股目标竞争同行五星级级星快捷旅游网上手机银行重庆市的]|集团|公司"
    r"|品牌|隶属|有些|许多|企业|行业|平台|财产|人寿|项目|管理|律师|会计师|希望|居民|业主|评审|专家"
    r"|村民){0,12}(?:" + _ENDINGS + ")"
)


def find(text: str) -> tuple[Finding, ...]:
    found = [one for one in (_without_lead(one, text) for one in findings_of(KIND, text, (_LATIN, _AND))) if one]
    if re.search("[A-Z]", text):
        weak = (_without_lead(one, text, weak=True) for one in findings_of(KIND, text, (_INSTITUTION,)))
        found += [one for one in weak if one]
        found += [finding(KIND, text, *match.span()) for match in _OF.finditer(text)]
    if re.search(f"[{CJK}]", text):
        found += [one for one in (_chinese(text, match) for match in _CHINESE.finditer(text)) if one]
    return tuple(found)


def _without_lead(one: Finding, text: str, *, weak: bool = False) -> Finding | None:
    """Without words that only begin the sentence: "The Acme Group" is Acme Group, "Our Group" is nothing."""
    start, words = one.span.start, one.text.split(" ")
    while len(words) > 1 and (
        words[0] in _GENERIC
        or (words[0] in COMMON_CAPITALIZED and len(words) > 2 and words[0] not in ("Bank", "Bridge"))
    ):
        start += len(words[0]) + 1
        words = words[1:]
    if len(words) < 2 or (weak and (words[0] in COMMON_CAPITALIZED or not words[0][0].isupper())):
        return None
    return finding(KIND, text, start, one.span.end)


def _chinese(text: str, match: re.Match[str]) -> Finding | None:
    """From behind the last word that can't be in a name; nothing where only general words remain."""
    name = match["it"]
    limit = match.start("end") - match.start("it")
    cuts = [cut.end() for cut in _CUT.finditer(name) if cut.end() <= limit]
    start = cuts[-1] if cuts else 0
    rest = name[start:].lstrip("）)（(0123456789")
    start = len(name) - len(rest)
    if len(rest) < 4 or _GENERIC_CHINESE.fullmatch(rest):
        return None
    return finding(KIND, text, match.start("it") + start, match.end("it"))
