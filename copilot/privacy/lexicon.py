"""Words that several detectors know: names by which people and companies are recognized, and what only looks like one.

Small lists, written for precision: a name that is no word, place or product besides. Rules are in detectors/.
"""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """A list as it is written: words between white space."""
    return frozenset(text.split())


GIVEN_NAMES = words(
    """
    Aaron Abdul Abdullah Abigail Adam Adrian Agnes Ahmed Aiko Akira Alan Albert Alejandro Alessandro Alex
    Alexander Alexandra Alice Alicia Alison Amanda Amelia Amir Amit Amy Ana Anders Andrea Andreas Andrew Andrey
    Angela Anil Anita Anja Anjali Anna Anne Annika Anthony Antoine Antonio Anton Arjun Arnaud Arthur Arun Asha
    Astrid Aurélie Ayesha Barbara Beatrice Benjamin Bernard Bernd Bernhard Birgit Bjorn Björn Brandon Brenda
    Brian Bridget Bruno Camille Carla Carlos Carmen Carol Caroline Catherine Cecilia Céline Charles Chloe Chloé
    Christian Christina Christine Christopher Claire Clara Claudia Colin Craig Cynthia Daniel Daniela David
    Deborah Deepak Denise Dennis Derek Diana Diane Diego Dieter Dietmar Dimitri Dmitri Dominik Donald Donna
    Dorothy Douglas Dylan Edward Eileen Elaine Eleanor Elena Elias Elif Elisabeth Elizabeth Ellen Emily Emma
    Emmanuel Eric Erik Erika Ernst Esther Ethan Eugene Eva Evelyn Fatima Felix Fernando Fiona Francesca
    Francesco Francisco François Franziska Frederik Friedrich Gabriel Gareth Gary Geoffrey Gerald Gerhard
    Giovanni Giulia Giuseppe Gordon Graham Gregory Greta Guillaume Günter Günther Gustav Hanna Hannah Hannes
    Hans Harald Haruto Hassan Heather Heidi Heike Heinrich Heinz Helen Helena Helga Helmut Henrik Henry Hiroshi
    Holger Howard Hugo Ian Ibrahim Ingrid Irina Isaac Isabel Isabella Ivan Jack Jacob Jacqueline Jacques James
    Jamie Jan Jane Janet Jason Javier Jean Jeffrey Jennifer Jens Jeremy Jessica Jill Jim Joachim Joan Joanna Joe
    Joel Johan Johann Johanna Johannes John Jonas Jonathan Jorge Jörg José Josef Joseph Joshua Juan Judith
    Julian Julie Jürgen Karen Karin Karl Karolina Karthik Katarina Katharina Katherine Kathleen Katja Katrin
    Kavita Keith Kelly Kenji Kenneth Kevin Kiran Klaus Krishna Kristina Kumar Kurt Kyle Lakshmi Lara Lars Laura
    Lauren Laurent Lea Léa Leila Lena Leon Leonardo Leonie Liam Linda Lisa Lorenzo Louise Luca Lucas Lucía Lucy
    Luis Lukas Lukasz Lydia Madeleine Magdalena Mahmoud Manfred Manuel Marcel Marco Marcus Margaret Maria Marie
    Mariam Mario Marion Markus Marta Martha Martin Martina Mary Mateusz Mathias Matteo Matthew Matthias Maya
    Meera Megan Mehmet Melanie Melissa Michael Michaela Michelle Miguel Mike Mikhail Mila Miriam Mohamed
    Mohammad Mohammed Muhammad Monika Mustafa Nadia Nadine Naomi Natalia Natalie Natasha Nathan Neha Nicholas Nicolas
    Nicole Nigel Niklas Nikolai Nils Nina Noah Olaf Oleg Oliver Olivia Olivier Oscar Oskar Pablo Patricia Paul
    Paula Pavel Pedro Peter Petra Philip Philipp Philippe Pierre Piotr Pooja Prakash Priya Rachel Rahul Rainer
    Raj Rajesh Ralf Ramesh Raphael Rashid Ravi Rebecca Reinhard Renate Ricardo Richard Rita Robert Roberto Roger
    Rohan Roland Rolf Roman Ronald Rosa Rudolf Russell Ruth Ryan Sabine Sakura Salma Samantha Samuel Sandeep
    Sandra Sanjay Sara Sarah Sebastian Sergei Sergey Sharon Shaun Sheila Shirley Silke Silvia Simon Simone Sofia
    Sonja Sophia Sophie Stefan Stefanie Stephanie Stephen Steven Stuart Sunita Suresh Susan Susanne Suzanne
    Svetlana Swati Sylvia Takashi Takeshi Tamara Tanja Tatiana Teresa Thomas Theresa Theodore Thibault Thorsten
    Tim Timothy Tobias Torsten Ulrich Ulrike Ursula Uwe Valentina Vanessa Vera Veronica Vijay Vikram Vincent
    Vivek Vivian Vladimir Walter Wendy Werner Wilhelm William Wolfgang Xavier Yasmin Yuki Yusuf Yvonne Zainab
    Zoe
    """
)
"""Given names that are hardly ever anything else."""

GIVEN_BEFORE_FAMILY = words(
    """
    Amber April Ashley August Austin Bill Bob Brooke Charlie Charlotte Chelsea Christian Crystal Dave Dean Drew
    Eden Faith Florence Frank George Georgia Grace Grant Guy Harry Harrison Hope Iris Ivy Jade Jasmine Jay Jerry
    Jesse Jimmy Jordan Joy Julia June Justin Ken Kim Lee Leo Lily Lincoln Logan Luke Madison Mark Marshall Mason
    Matt Max Melody Mia Miles Nancy Neil Nick Olive Paige Pat Pearl Penny Phil Ray Rex Rich Rob Robin Rod Roman
    Rose Ruby Sam Sean Scott Sky Steve Stella Summer Sydney Ted Terry Tom Tony Tyler Victor Victoria Virginia
    Wade Ward Warren Will Wayne
    """
)
"""Given names that are also words, places or products: names only before a family name."""

TITLES = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Herrn?|Frau|Mme|Mlle|Monsieur|Madame|Señora?|Sra?|Signora?)"

COMMON_CAPITALIZED = words(
    """
    Abby Account Accountant Address Agreement All Also Amazon Amount An And Annex Answer Apple April Are As Ask
    At August Austria Autumn Bank Beijing Berlin Best Big Bill Black Blue Board Both Bridge Brown But Buyer Call
    Can Card Care Case CEO CFO Chapter Chief China Church City Client Colleague Colleagues Committee Company
    Contact Contract Cook Council Country County Court CTO Customer Customers Date Day Dean Dear December
    Department Director District Do Does Doctor Document Drive East Email England English Europe Everyone False
    February Figure File Finance Fine For Fox France Frank Friday Friend Friends From Gentlemen Germany Given
    Good Google Grace Grant Great Green Group Guest Hall Hand Head Hello Here Hill His Hi Hong Hope Hotel House
    How HR If Information In India Internet Invoice Is Island It Italy January Japan July June Key King Kong
    Ladies Lake Law Lawyer Lee Legal Link Linux Little Local London Long Madam Mail Main Major Manager March
    Mark May Meeting Member Microsoft Minister Miss Monday More Museum My Name National New No None North Note
    Notes November Number October Of Office Officer On Online Open Or Order Our Paris Park Part Partner Parties
    Partners Party Password Payment Person Personnel Phone Place Plan Plate Please Police Post President Price
    Private Product Project Public Python Re Read Recipient Red Regards Report Republic Rich River Road Room
    Rose Russia Sales Saturday Sales School Sea Secretary Section See Seller Senior September Shanghai Shenzhen
    She Sir So South Spain Spring Square Staff Star State States Station Stone Street Student Subject Summer Sun
    Sunday Supplier Support System Table Team Tenant Term Terms Thank Thanks That The There These They This
    Those Thursday Title To Tokyo Total Tower Town Trust True Tuesday Turkey UK Under Union United University
    Unknown Up US USA User Various Version View Village Was Way We Wednesday Week West What When Where Which
    White Who Why Will Windows Winter With Wood Word World Yes You Young Your Zone
    """
)
"""Words that stand with a capital letter and name nobody."""

NOT_AFTER_GIVEN_NAME = words(
    """
    Street Road Avenue Lane Drive Square University College School Hospital Station Airport Bridge Park Island
    Islands Beach Bay Lake River Mountain Church Museum Hotel Springs City County Valley Prize Award Act Law
    Theorem Test Index Ltd Limited Inc Corp GmbH Bank Group Project Team Street's Foundation Institute Day Week
    Cup Series Edition
    """
)

_SUFFIX_WORDS = (
    r"Ltd|Limited|Inc|Incorporated|Corp|Corporation|LLC|L\.L\.C|LLP|PLC|plc|GmbH(?: & Co\.? KG)?|gGmbH|mbH"
    r"|AG|KGaA|KG|OHG"
    r"|UG|SE|S\.A|SA|SAS|S\.A\.S|SARL|S\.p\.A|SpA|S\.r\.l|Srl|S\.L|B\.V|BV|N\.V|NV|Oyj?|AB|ASA|ApS|A/S|Sp\. z o\.o|K\.K"
    r"|(?<=[a-z] )AS(?=[,.;:)]|$|\s+[A-Z(])"  # Norway's, and not the word in capitals
    r"|Pvt\.? Ltd|Pty\.? Ltd|Pte\.? Ltd|Sdn\.? Bhd|Co\.?,? Ltd|Co\.?,? Inc|& Co"
)
_CHINESE_SUFFIX = "股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|集团|公司"
COMPANY_SUFFIX = re.compile(rf"(?:,? (?:{_SUFFIX_WORDS})\.?|{_CHINESE_SUFFIX})$")
COMPANY_ENDING = rf"(?:{_SUFFIX_WORDS})"

# --- Chinese

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申"
    "傅欧殷詹俞耿兰祝柳柯阎骆甄褚谷涂裴莘苗卜宁甘凌霍童蒲项邬瞿阮盛冉窦游米"
)
COMPOUND_SURNAMES = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "司徒",
    "东方",
    "皇甫",
    "尉迟",
    "慕容",
    "令狐",
    "夏侯",
    "端木",
    "公孙",
    "南宫",
)
WORDY_SURNAMES = frozenset(
    "于方高常万安向成关管项任时全支易金石田白钱程余夏温路水平江文武毛马黄周何章段龙牛米游施许曾兰谷齐史严庄项申盛叶"
)
"""Surnames that are frequent as words, too: more proof is asked for."""

SURNAME = rf"(?:{'|'.join(COMPOUND_SURNAMES)}|[{''.join(sorted(SURNAMES))}])"

GIVEN_CHARACTERS = frozenset(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍红梅鹏辉玲飞宇浩婷雪琳颖慧倩欣怡佳嘉俊豪轩涵梓子雨晨思琪诗瑶萱"
    "文博宁波斌彬峰建国志海燕晓小春秋冬夏云霄龙凤珍珠莉莎薇蕾蓉莲菊芬芝荷琴瑾瑜璐珊玮琦瑞祥福贵荣昌盛兴旺庆喜乐康健安顺"
    "新亮光辰阳旭昊天泽润洁清源淼泓溪江河林森楠桐柏松竹青蓝紫丹彤彩虹光耀辉煌炜烨炎焱煜坤培基城均铭锋钢铁鑫银锦钰铮"
    "心怀恩慈爱仁义礼智信忠孝良德贤善正直刚毅哲睿聪颖慧敏学书画诗词歌赋舒然若依伊可凡一二三立东南西北中大力生成功达远"
    "永长久恒世宏伟卫民胜利军武斌骏驰翔鸿鹤雁鹰燕莺蝶丝绮绣罗素纯洁贞淑娴雅静婉婧媛妍娇娥婵娟婷姗妮姝媚嫣晴晓晗昕景"
    "月星辰露霜雯霏霖雷震宝琛琪琼瑛璇璟家齐修远致鹏程凯旋振邦国栋梁柱树根发财友朋友亚非欧美洲维纳斯航帆舟洪"
)
"""Characters that given names are made of."""

CHINESE_TITLES = (
    "先生|女士|小姐|太太|夫人|经理|总监|总裁|总经理|副总|主任|老师|教授|医生|大夫|律师|工程师|会计|局长"
    "|处长|科长|部长|院长|校长|书记|董事长|主管"
    "|同学|同志|师傅|博士|警官|法官|秘书|助理|顾问|专员|阿姨|叔叔"
    "|总(?![是会有结计数额部体价量监裁理经共之算能要得在的体觉而务则局署站线统])"
)

PINYIN_SURNAMES = words(
    """
    Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Luo Gao Zheng Liang Xie Song Tang
    Han Feng Deng Cao Peng Zeng Xiao Tian Dong Yuan Pan Cai Jiang Yu Du Ye Cheng Su Wei Lu Ding Ren Shen Yao Cui
    Zhong Tan Wan Fan Liao Jia Xia Fu Fang Zou Xiong Bai Meng Qin Qiu Hou Yin Xue Yan Duan Lei Long Tao Shi Mao
    Hao Gong Shao Qian Qi Mo Kong Xiang Chang Wen Kang Niu Ouyang Sima Zhuge
    """
)
_INITIAL = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])"
_FINAL = (
    "(?:iang|iong|uang|ueng|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue"
    "|üe|a|o|e|i|u|ü)"
)
PINYIN_GIVEN = re.compile(rf"(?:{_INITIAL}{_FINAL})(?:['-]?{_INITIAL}?{_FINAL})?", re.IGNORECASE)
NOT_PINYIN_NAMES = words(
    """
    Hong Kong Wan Chai Shang Hai Bei Jing Nan Tai Long He She You An Can Me Do Go To So No We Be Man Men Women
    Ten Ran Sun Song Bin Pin Line Ice Tune Dance Fine Nine Mine Fan Gang Wise Line Jing Hai Ha Tao Te Ching Yin
    Yang Wei Chi Tai Feng Shui Mei Fun Run Ban Pan Tan Den Pen Sha Tin Chang Sang Dong Ma Pa Mi Xia Men Xi
    Chinese Chen
    """
)
