"""Names of people, by what stands around them: titles, greetings, signatures, labels; and by names that are only names.

What no rule can tell, a bare rare name in the middle of a sentence, comes from the person's mail (people.py).
"""

from __future__ import annotations

import re

from copilot.privacy.finding import CJK, NOT_AFTER_WORD, Finding, Naming, finding, findings_of
from copilot.privacy.lexicon import (
    CHINESE_TITLES,
    COMMON_CAPITALIZED,
    GIVEN_BEFORE_FAMILY,
    GIVEN_CHARACTERS,
    GIVEN_NAMES,
    NOT_AFTER_GIVEN_NAME,
    NOT_PINYIN_NAMES,
    PINYIN_GIVEN,
    PINYIN_SURNAMES,
    SURNAME,
    TITLES,
    WORDY_SURNAMES,
)

KIND = "person"
NAMING = Naming("Person", "人员", letters=True)
RANK = 40
OPTIONAL = False

_NAME = r"[A-ZÀ-ÖØ-ÞŁŠŽČ](?:['’][A-Z])?[a-zà-öø-ÿłšžčğışćńśźżőű]+(?:[-'’][A-ZÀ-Ö][a-zà-öø-ÿłšž]+)?"
_INITIAL = r"[A-Z]\."
_PARTICLE = (
    r"(?:van der|van den|van de|van|von der|von|zu|de la|de los|de|del|della|di|da|dos|du|al|el|bin|ibn"
    r"|ter|ten|le|la|O')"
)
_MORE = rf"(?:[ \u00a0](?:{_INITIAL}[ \u00a0]){{0,2}}(?:{_PARTICLE}[ \u00a0])?{_NAME})"
_FULL = rf"{_NAME}{_MORE}{{0,3}}"
_LABELS = (
    r"(?:Full name|Name|Contact(?: person)?|Attn|Attention|Employee|Patient|Customer|Client|Author"
    r"|Prepared by|Signed(?: by)?"
    r"|Approved by|Reviewed by|Submitted by|Written by|Reported by|Assigned to|Candidate|Applicant|Tenant"
    r"|Landlord|Borrower|Beneficiary|Account holder"
    r"|Cardholder|Passenger|Guest|Student|Manager|Owner|From|To|Cc|Recipient|Sender|Witness"
    r"|Emergency contact|Ansprechpartner|Unterschrift|Nom)"
)
_LATIN = (
    re.compile(rf"{NOT_AFTER_WORD}{TITLES}\.?[ \u00a0](?:{TITLES}\.? )*(?P<it>(?:{_INITIAL} ?){{0,2}}{_FULL})"),
    re.compile(
        r"(?:^|(?<=[\n.!?]))[ >]*(?:Dear|Hi|Hello|Hey|Hallo|Liebe[rs]?|Guten Tag|Sehr geehrte[rs]?|Bonjour"
        r"|Cher|Chère|Hola"
        rf"|Good (?:morning|afternoon|evening)|Thanks"
        rf"|Thank you)(?: {TITLES}\.?)?,? (?P<it>{_FULL})(?=[ ]*(?:[,!:.\n，！：]|$| and ))",
        re.MULTILINE,
    ),
    re.compile(
        r"(?:[Rr]egards|[Ss]incerely|[Tt]hanks|[Tt]hank you|[Cc]heers|[Bb]est|[Ww]ishes|[Ff]aithfully|[Tt]ruly"
        r"|Grüßen|Grüße|Gruß|[Cc]ordialement)"
        rf"(?: again| yours)?[,.!]?[ ]*\n[ \t\n]*(?P<it>{_FULL})[ \t]*(?=\n|$|,)"
    ),
    re.compile(
        rf"(?:^|(?<=[\s>(|;,])){_LABELS}[ ]?[:：][ \t]*(?:{TITLES}\.? )?(?P<it>{_NAME}{_MORE}{{1,3}})", re.MULTILINE
    ),
    re.compile(
        rf"\b(?:[Mm]y name is|[Tt]his is|I am|I'm|[Cc]alled|[Nn]amed|[Ss]igned by|[Oo]n behalf of|[Cc]/o"
        rf"|[Aa]ttn\.?:?) (?P<it>{_NAME}{_MORE}{{1,3}})"
    ),
    re.compile(rf"\b(?:[Mm]y name is|I am called) (?P<it>{_NAME})(?=[.,!]|$)"),
)
_ACTS = (
    r"(?:is|was|has|had|may|must|can|will|owes?|says?|said|asks?|asked|writes?|wrote|takes?|took|gets?|got|pays?|paid"
    r"|earns?|lives?|works?|worked|signs?|signed|calls?|called|tells?|told|opens?|keeps?|joins?|joined|left|owns?|born"
    r"|reports?|reported|complain(?:s|ed)|park(?:s|ed)|agree[sd]|agreed|resign(?:s|ed))"
)
_SEVERAL = rf"(?P<it>{_NAME}{_MORE}{{1,3}})"
_UNKNOWN = (
    re.compile(
        r"\b(?:[Dd]oes|[Dd]id|[Hh]as|[Ii]s|[Ww]as|[Cc]an|[Mm]ust|[Mm]ay|[Oo]nly|[Bb]y|[Ww]ith|[Ff]rom)"
        rf" {_SEVERAL}"
    ),
    re.compile(rf"{NOT_AFTER_WORD}{_SEVERAL}(?=['’]s\b| {_ACTS}\b|, (?:born|staff|class|room|passport|{_ACTS})\b)"),
    re.compile(rf"\b(?:of|for) {_SEVERAL}(?=[?.:,]|$)", re.MULTILINE),
)
"""Two or more capitalized words where a person is spoken of. Nothing says that they are a name but that no word of them
is an ordinary one: a company or product may be taken for a person, which costs little.
"""
_RUN = re.compile(rf"(?<![\w.@/-]){_NAME}(?:{_MORE}){{0,3}}(?![\w@/])")

_GIVEN = f"[{''.join(sorted(GIVEN_CHARACTERS))}]"
_FOLLOW = (
    r"(?:[^\u4e00-\u9fff]|$|先生|女士|的|在|于|是|已|将|和|与|及|等|说|表示|认为|负责|签|提|批|出席|告诉"
    r"|通知|介绍|汇报|回复|指出|担任|来自|入职|离职|辞|出生|购买|支付|转|申请|办理|身份|电话|手机|邮箱|住"
    r"|同意|确认|发|收|向|把|对|曾|也|都|为|请|今天|昨天|明天|上周|下周|刚)"
)
_CHINESE_LABELS = (
    "姓名|联系人|收件人|收货人|寄件人|申请人|代表人|负责人|经办人|签字|签名|作者|发件人|患者|病人|客户"
    "|员工|投保人|被保险人|受益人|持卡人|持有人|户名|学生|候选人|承租人|出租人|借款人"
    "|贷款人|紧急联系人|面试官|主持人|记录人|审核人|审批人|批准人|制单人|填表人|乘客|旅客|住客|房东|租客"
    "|当事人|原告|被告|证人|法人|抄送|委托人|受托人|买方|卖方|甲方|乙方"
)
_WHO = (
    "由|请|与|和|跟|给|让|找|对|向|叫|问|联系|通知|经|同事|经理|总监|主任|客户|员工|同学|老师|律师|医生"
    "|代表|助理|秘书|负责人|法人|邀请|感谢|告诉|安排|委托|转告|抄送|工程师|教授|会计|董事|股东|是|叫做"
    "|名叫|我叫|叫作|"
    "、|，|。|：|:|；|（|“|《|\\s|^"
)
_VERBS = (
    "说|表示|认为|负责|签署|签字|签订|提交|提出|批准|出席|告诉|介绍|汇报|回复|指出|担任|来自|入职|离职"
    "|辞职|出生|购买|支付|转账|申请|主持|参加|代表|同意|确认|发来|打电话|休假|请假|住院|毕业|"
    "因|没有|未|要|为什么|什么时候|怎么|几|通知|投诉|继承|保管|接任|接手|还|"
    "已|目前|今天|昨天|明天|上周|下周|本周|将于|曾|[的](?:电话|手机|邮箱|身份证|地址|护照|账户|账号"
    "|工资|薪资|简历|病历|合同|意见|报告|生日|护照号|绩效|年薪|银行卡|办公室|联系方式|家|车)"
)
_WORDY = "".join(sorted(WORDY_SURNAMES))
_NOT_NAMES = re.compile(
    r"^(?:[马道公铁]路|高[速铁度级中大小楼温校管端]|方[案法便面向式]|于[是中非今此本该同其何各]|韩[文语国]"
    r"|高亮|常[见用规务]|万[元一人]"
    r"|安[全装排]|向[上下前]|成[立本果功长]|关[于系键]|管理|任[务何命]|时[间候]|全[部体球面]|石油|金[融额属]"
    r"|田径|白[色天]|程[序度]|余额|夏[天季]|温[度州]|路[线由]|水[平果]|平[台均时]|江[苏西南]|文[件档字化]"
    r"|武[汉器]|马上|黄[色金河]|周[一二三四五六日末期年围]|何[时地人]|段落|龙头|施工|许[多可]|史上"
    r"|严[格重]|项目"
    r"|申请|盛大|叶子|张贴|王国|李子|陈述|陈列|华[为东南北中]|宁[波夏]|吴[江中]|徐州|郑州|郑重|贺[州信]"
    r"|毛[利病]|孔子|康[复健]|罗列|梁柱|海[南外关]|牛[奶市])"
)
_ROLE = "各位|尊敬的|亲爱的|敬爱的"
_CHINESE = (
    re.compile(
        rf"(?:^|(?<=[^{CJK}])"
        rf"|(?<=[的请找问与和跟由给向让见叫是任对经致访约代为]))(?P<it>(?:{SURNAME})[{CJK}]{{0,2}}?)(?={CHINESE_TITLES})",
        re.M,
    ),
    re.compile(rf"(?P<it>(?![{_WORDY}]){SURNAME}{_GIVEN}{{0,2}})(?={CHINESE_TITLES})"),
    re.compile(
        rf"(?:{_CHINESE_LABELS})(?:姓名)?(?:[（(][^）)]{{1,6}}[）)])?[ 　]?[:：为是][ 　]*"
        rf"(?P<it>{SURNAME}[{CJK}]{{1,2}}?)(?={_FOLLOW})"
    ),
    re.compile(
        rf"(?:{_CHINESE_LABELS})[ 　]?(?P<it>(?![{_WORDY}]){SURNAME}{_GIVEN}{{1,2}})(?=[^{CJK}]|$|{_VERBS}|逾期|的|在"
        rf"|于|已)"
    ),
    re.compile(rf"(?:我叫|名叫|我的名字是|本人|我是)(?P<it>{SURNAME}[{CJK}]{{1,2}}?)(?=[^{CJK}]|$|的|在|来自|于)"),
    re.compile(
        rf"(?:{_ROLE}|^你好[，,]?|^Hi |^嗨，?)(?P<it>{SURNAME}[{CJK}]{{1,2}}?)(?=[^{CJK}]|$|先生|女士|老师|您好|你好)",
        re.M,
    ),
    re.compile(rf"(?:^|(?<=[\s，。,；]))(?P<it>{SURNAME}[{CJK}]{{1,2}}?)(?=[，, ]?(?:您好|你好))", re.M),
    re.compile(
        rf"(?:(?<=[、和与及]){SURNAME}?)?(?:{_WHO})(?P<it>{SURNAME}{_GIVEN}{{1,2}})(?={_VERBS}|[^{CJK}]|$|和|与"
        rf"|等|先生|女士|在|于|把|把|将|向|去|是|负)",
        re.M,
    ),
    re.compile(rf"(?:{_WHO})(?P<it>(?![{_WORDY}]){SURNAME}[{CJK}]{{1,2}}?)(?={_VERBS})", re.M),
    re.compile(rf"(?:^|(?<=[。；？！\n]))(?P<it>(?![{_WORDY}]){SURNAME}{_GIVEN}{{1,2}})(?=的)", re.M),
    re.compile(rf"(?:此致|敬礼|顺祝商祺|谢谢)[！!。,，]?[ \t]*\n[ \t\n]*(?P<it>{SURNAME}[{CJK}]{{1,2}})[ \t]*(?=\n|$)"),
)


_ORDINARY = COMMON_CAPITALIZED | NOT_AFTER_GIVEN_NAME


def find(text: str) -> tuple[Finding, ...]:
    latin = (_trimmed(one, text) for one in findings_of(KIND, text, _LATIN))
    found = [one for one in latin if one and not _is_ordinary(one.text)]
    found += _latin_names(text)
    found += [one for one in findings_of(KIND, text, _UNKNOWN) if _names_somebody(one.text)]
    if re.search(f"[{CJK}]", text):
        found += [one for one in findings_of(KIND, text, _CHINESE) if not _NOT_NAMES.match(one.text)]
    return tuple(found)


def _names_somebody(words: str) -> bool:
    """No word of it is an ordinary one; behind a title the name alone is found by another rule."""
    return not set(re.split("[ \u00a0]", words)) & _ORDINARY and not re.match(rf"{TITLES}\b", words)


def _trimmed(one: Finding, text: str) -> Finding | None:
    """Without the ordinary words that a capital letter drew in: "Dear Anna Thanks", "Name: Ann Lee Date"."""
    parts = one.text.split(" ")
    while (
        parts and parts[-1].strip(".,") in COMMON_CAPITALIZED - GIVEN_BEFORE_FAMILY - PINYIN_SURNAMES and len(parts) > 1
    ):
        parts.pop()
    return finding(KIND, text, one.span.start, one.span.start + len(" ".join(parts))) if parts else None


def _is_ordinary(name: str) -> bool:
    return all(part in COMMON_CAPITALIZED for part in name.split())


def _latin_names(text: str) -> list[Finding]:
    """A given name that is nothing else, with the family name beside it; and Chinese names in Latin letters."""
    found = []
    for match in _RUN.finditer(text):
        words = list(re.finditer(r"[^\s\u00a0]+", match.group()))
        first = 0
        while first < len(words):
            length = _name_length([word.group() for word in words[first:]])
            if length:
                start, end = match.start() + words[first].start(), match.start() + words[first + length - 1].end()
                found.append(finding(KIND, text, start, end))
            first += max(1, length)
    return found


def _name_length(words: list[str]) -> int:
    """How many words from the first on are a name; 0 for none."""
    head = words[0]
    following = next((i for i, word in enumerate(words[1:], 1) if word[0].isupper() and not word.endswith(".")), 0)
    family = words[following] if following else ""
    if _is_pinyin(words):
        return 2
    if family in NOT_AFTER_GIVEN_NAME or head in NOT_AFTER_GIVEN_NAME:
        return 0
    plain = family and family not in COMMON_CAPITALIZED - {
        "Lee",
        "King",
        "Young",
        "Brown",
        "Green",
        "White",
        "Black",
        "Cook",
        "Hall",
    }
    given = head.split("-")[0]
    if head in GIVEN_NAMES or (given in GIVEN_NAMES and "-" in head):
        extra = following + 1 if plain else 1
        # "Anna Maria Schmidt": a given name is not the last of three.
        if (
            plain
            and family in GIVEN_NAMES
            and len(words) > extra
            and words[extra] not in COMMON_CAPITALIZED | NOT_AFTER_GIVEN_NAME
        ):
            extra += 1
        return extra
    if head in GIVEN_BEFORE_FAMILY and plain and family not in GIVEN_BEFORE_FAMILY | PINYIN_SURNAMES:
        return following + 1
    return 0


def _is_pinyin(words: list[str]) -> bool:
    """`Zhang Wei`, `Li Xiaoming`, `Xiaoming Li`."""
    if len(words) < 2 or (words[0] in NOT_PINYIN_NAMES and words[1] in NOT_PINYIN_NAMES):
        return False
    return any(
        family in PINYIN_SURNAMES
        and PINYIN_GIVEN.fullmatch(given) is not None
        and (len(given) > 4 or (family not in NOT_PINYIN_NAMES and given not in COMMON_CAPITALIZED))
        for family, given in ((words[0], words[1]), (words[1], words[0]))
    )
