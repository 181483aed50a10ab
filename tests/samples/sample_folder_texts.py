# ruff: noqa: E501 (prose is not broken for the sake of the source)
"""What stands in the files of docs/sample-folder. How the files are made is told in make_sample_folder.py.

Kestrel Water Instruments and everybody in these texts are invented. Facts meet across files: a contract, a budget and a
meeting speak of the same project.
"""

from __future__ import annotations

README = """\
# Kestrel Water Instruments: shared files

Kestrel Water Instruments Ltd. makes sensors that measure how clear water is. It was founded in 2011 in Bristol, has 46
employees, and a subsidiary in Suzhou, 凯翠水仪（苏州）有限公司, since 2019.

## Who does what

| Person | Role | Phone |
|---|---|---|
| Hannah Whitfield | Managing director | ext. 101 |
| Tomás Okafor | Head of engineering | ext. 114 |
| Priya Raman | Finance | ext. 120 |
| Jonas Brandt | Sales | ext. 133 |
| Aisha Bello | Operations and calibration lab | ext. 140 |
| Oliver Strand | IT | ext. 150 |
| Lin Yue 林悦 | General manager, Suzhou | +86 512 5550 0188 |
| Chen Mei 陈梅 | Human resources, Suzhou | +86 512 5550 0192 |

## Where things are

* Contracts: agreements in force, English and Chinese
* Finance: budget, travel and expense rules
* HR: staff handbook of the Suzhou office, onboarding checklist
* Meetings: minutes
* Products: manuals and price list
* Sales: reviews, offers, service tickets

The shared drive is backed up every night at 02:30. Ask Oliver Strand to restore a file; versions are kept for 90 days.

(Nobody of this company exists. The folder shows newcomers what Nearside does with files like theirs.)
"""

ONBOARDING = """\
ONBOARDING CHECKLIST (Bristol office)
Last changed: 9 January 2026, Aisha Bello

Before the first day
- Oliver Strand orders the laptop at least 10 working days ahead.
- Finance sends the payroll form; it must be back by the 15th to be paid in the same month.

First day
- Reception hands out the badge. A lost badge costs 15 pounds.
- Wi-Fi for staff is "KWI-Staff"; visitors use "KWI-Guest".
- Tour of the building, fire exits, first aid box beside the calibration lab.

First two weeks
- Safety training for the calibration lab within 14 days. Nobody handles formazin without it.
- Data protection course, 45 minutes, online.

First six months
- Probation lasts six months. Reviews take place after 6 weeks, 3 months and 5 months.
- A mentor from another department is assigned for the first 3 months.
"""

SUPPLY: list[str | list[list[str]]] = [
    "between Kestrel Water Instruments Ltd., 42 Harbour Street, Bristol (the Buyer) and Helmond Sensors B.V., "
    "Kanaaldijk 18, Helmond, the Netherlands (the Supplier). Signed on 14 January 2026.",
    "# 1. Subject",
    "The Supplier makes and delivers the optical turbidity head HS-22 according to drawing KD-2207, revision D.",
    "# 2. Term",
    "This agreement starts on 1 February 2026 and runs for 24 months, until 31 January 2028. Either party may terminate it "
    "with 90 days' written notice to the end of a calendar quarter.",
    "# 3. Quantities and prices",
    "The Buyer orders at least 1,200 heads in each contract year. Prices are fixed until 31 January 2027.",
    [
        ["Item", "Quantity per year", "Price per unit"],
        ["HS-22 turbidity head", "1,200 to 1,999", "EUR 184.50"],
        ["HS-22 turbidity head", "2,000 and more", "EUR 176.00"],
        ["Spare window HS-22-W", "any", "EUR 12.40"],
    ],
    "# 4. Payment",
    "Invoices are due 45 days after receipt, net. Interest on late payment is 8 % above the base rate of the European "
    "Central Bank.",
    "# 5. Delivery",
    "Goods are delivered DAP Bristol (Incoterms 2020). The lead time is six weeks from the order. The Buyer sends a rolling "
    "forecast for three months on the first working day of each month.",
    "# 6. Late delivery",
    "For each full week of delay the Supplier pays 0.5 % of the value of the delayed goods, up to 6 % in total.",
    "# 7. Warranty",
    "The Supplier warrants the goods for 36 months from delivery. Defective heads are replaced within 15 working days.",
    "# 8. Liability",
    "Except for intent and gross negligence each party's liability is limited to EUR 500,000 per contract year.",
    "# 9. Confidentiality",
    "Drawings and calibration data stay confidential for five years after the end of this agreement.",
    "# 10. Law and court",
    "Dutch law applies. The court of Rotterdam has jurisdiction.",
]

PURCHASE: list[str | list[list[str]]] = [
    "合同编号：KSZ-2026-007　　签订日期：2026年2月26日　　签订地点：苏州工业园区",
    "甲方（买方）：凯翠水仪（苏州）有限公司，法定代表人：林悦",
    "乙方（卖方）：苏州华澄电子有限公司，法定代表人：周启明",
    "# 第一条 标的与价款",
    [
        ["品名", "型号", "数量", "单价（元）", "金额（元）"],
        ["主控板", "KMB-3", "2000块", "138.00", "276,000"],
        ["防水连接器", "M12-8P", "5000个", "9.60", "48,000"],
        ["显示屏模组", "LCD-24", "1500套", "46.00", "69,000"],
    ],
    "合同总价为人民币393,000元（大写：叁拾玖万叁仟元整），含13%增值税及运费。",
    "# 第二条 付款方式",
    "合同签订后7日内，甲方支付合同总价的30%作为预付款，即117,900元；全部货物到货验收合格后15日内支付60%，即235,800元；"
    "其余10%即39,300元为质保金，质保期满后支付。",
    "# 第三条 交货",
    "第一批货物（总量的50%）于2026年4月30日前交付，其余货物于2026年6月15日前交付。交货地点为甲方苏州工厂3号仓库。",
    "# 第四条 质量与质保",
    "质保期为自验收合格之日起12个月。主控板的到货不良率不得超过0.3%，超过时甲方有权退回整批货物。",
    "# 第五条 违约责任",
    "乙方逾期交货的，每逾期一日按未交货物金额的千分之二支付违约金，累计不超过合同总价的8%。逾期超过30日的，甲方有权解除合同。",
    "# 第六条 争议解决",
    "因本合同发生的争议由双方协商解决；协商不成的，提交苏州仲裁委员会仲裁。",
]

HANDBOOK: list[str | list[list[str]]] = [
    "适用范围：凯翠水仪（苏州）有限公司全体员工。版本3.2，自2026年1月1日起施行。解释部门：人力资源部（陈梅）。",
    "# 一、工作时间",
    "公司实行弹性工作制：员工可在8:30至10:00之间到岗，核心工作时间为10:00至16:00，每日工作八小时，午休一小时。",
    "经直属主管同意，员工每周可远程办公两天；试用期员工不适用远程办公。",
    "# 二、试用期",
    "劳动合同期限三年以上的，试用期为三个月。试用期内辞职须提前三日通知，转正后辞职须提前三十日书面通知。",
    "# 三、加班",
    "加班须事先在系统中申请。工作日加班按工资的150%支付，休息日加班不能补休的按200%支付，法定节假日加班按300%支付。每月加班不得超过36小时。",
    "# 四、年休假",
    [
        ["累计工作年限", "法定年休假", "公司福利假", "合计"],
        ["满1年不满10年", "5天", "3天", "8天"],
        ["满10年不满20年", "10天", "3天", "13天"],
        ["满20年", "15天", "3天", "18天"],
    ],
    "当年未休的年休假可结转至次年3月31日，逾期作废。申请三天以上的年休假须提前两周提出。",
    "# 五、病假与其他假期",
    "病假两天以上须提供医院证明。婚假13天，产假158天，配偶陪产假15天，丧假3天。",
    "# 六、工资与福利",
    "每月8日发放上月工资，遇节假日提前。公司每年10月组织体检，费用由公司承担。午餐补贴为每个工作日25元。",
]

MINUTES: list[str | list[list[str]]] = [
    "Present: Hannah Whitfield (chair), Tomás Okafor, Priya Raman, Jonas Brandt, Aisha Bello; Lin Yue by video. "
    "Excused: Oliver Strand. Minutes: Aisha Bello. 09:30 to 11:45, Room Avon.",
    "# 1. AquaSense 500",
    "Tomás reported that the optical window leaks after thermal cycling in 3 of 20 prototypes. The launch moves from "
    "15 September to 20 October 2026. The project budget of 340,000 pounds stays unchanged.",
    "# 2. Second source for turbidity heads",
    "Lead times at Helmond Sensors grew from six to nine weeks in February. It was decided to ask Nordlicht Optics in Bergen "
    "for an offer and to test ten samples. Tomás is responsible.",
    "# 3. Travel",
    "The travel budget is cut by 10 % for the rest of the year. Trips to trade fairs other than IFAT Munich need Hannah's "
    "approval.",
    "# 4. Staff",
    "A calibration engineer will be hired from 1 May 2026. The summer outing takes place on 18 and 19 June in Bath.",
    "# 5. Actions",
    [
        ["Action", "Who", "Until"],
        ["Ask Nordlicht Optics for an offer", "Tomás Okafor", "20 March 2026"],
        ["Inform customers about the new launch date", "Jonas Brandt", "27 March 2026"],
        ["Revise the travel forecast", "Priya Raman", "31 March 2026"],
        ["Job advertisement for the calibration engineer", "Aisha Bello", "23 March 2026"],
    ],
    "The next meeting is on 16 April 2026 at 09:30.",
]

MINUTES_ZH: list[str | list[list[str]]] = [
    "时间：2026年5月7日14:00—15:30　　地点：苏州工厂二楼会议室　　主持：林悦　　记录：陈梅",
    "参加人：林悦、周航（生产）、许宁（研发）、何倩（采购）、Tomás Okafor（视频）",
    "# 一、AquaSense 500试产",
    "首批试产60台，6月22日开始，7月3日完成。许宁报告：在40℃环境下浊度漂移为2.8%，目标为1.5%以内。原因是光学窗口的密封胶，"
    "改用新密封胶后复测，结果在5月20日前提交。",
    "# 二、固件",
    "试产使用固件2.4.1版。该版本修复了Modbus地址大于100时通信中断的问题。",
    "# 三、包装",
    "包装由泡沫改为蜂窝纸板，每台节省3.2元，6月起执行，负责人何倩。",
    "# 四、华澄电子到货情况",
    "第一批主控板1000块已于4月28日到货，抽检不良率0.2%，符合合同要求。防水连接器缺200个，乙方承诺5月12日前补齐。",
    "# 五、待办事项",
    [
        ["事项", "负责人", "期限"],
        ["新密封胶高温复测", "许宁", "5月20日"],
        ["试产物料齐套检查", "周航", "6月12日"],
        ["纸板包装跌落试验", "何倩", "5月29日"],
    ],
    "下次例会：2026年5月21日14:00。",
]

TRAVEL: list[str | list[list[str]]] = [
    "Valid from 1 February 2026 for all employees of Kestrel Water Instruments Ltd. and its subsidiary. Questions: Priya Raman.",
    "# Approval",
    "Every trip is approved by the head of department before it is booked. Trips that cost more than 1,500 pounds also need "
    "the approval of Priya Raman.",
    "# Flights and trains",
    "Flights are booked in economy class; premium economy is allowed when the flight takes more than six hours. Trains are "
    "booked in standard class. Within Great Britain the train is preferred.",
    "# Hotels and meals",
    [
        ["Place", "Hotel per night, up to", "Meals per day"],
        ["London", "165 pounds", "42 pounds"],
        ["Elsewhere in the United Kingdom", "110 pounds", "38 pounds"],
        ["European Union", "145 euros", "52 euros"],
        ["Shanghai", "750 yuan", "320 yuan"],
        ["Suzhou", "520 yuan", "260 yuan"],
    ],
    "# Private cars",
    "The mileage allowance is 45 pence per mile. Parking is paid against the receipt; fines are not paid.",
    "# Claims",
    "Claims are handed in within 30 days after the trip. Receipts are needed from 10 pounds upwards. Claims are paid with the "
    "next salary.",
]

LEASE: list[str | list[list[str]]] = [
    "Landlord: Avon Quay Estates LLP, 3 Queen Square, Bristol. Tenant: Kestrel Water Instruments Ltd. Dated 12 August 2024.",
    "# 1 Premises",
    "Unit 7 on the first and second floor of 42 Harbour Street, Bristol, 612 square metres, with six parking spaces in the yard.",
    "# 2 Term",
    "The lease runs for five years, from 1 September 2024 to 31 August 2029.",
    "# 3 Break clause",
    "The tenant may end the lease on 31 August 2027 by giving at least six months' written notice. If the notice reaches the "
    "landlord later than 28 February 2027 the break clause lapses.",
    "# 4 Rent",
    "The rent is 68,400 pounds a year, payable in advance in four instalments of 17,100 pounds on 1 September, 1 December, "
    "1 March and 1 June. The rent is reviewed on 1 September 2027; it can't rise by more than 7 %.",
    "# 5 Service charge",
    "The service charge is 4,950 pounds a year. It covers cleaning of common areas, the lift, and the building's insurance. "
    "Electricity and water are billed by consumption.",
    "---",
    "# 6 Deposit",
    "The tenant pays a deposit of 17,100 pounds, held in a separate account, returned within 28 days after the end of the lease.",
    "# 7 Use and alterations",
    "The premises are used as offices, laboratory and light assembly. Alterations to walls or pipes need the landlord's written "
    "consent. Formazin and solvents are stored in the fire-proof cabinet in room 2.14 only.",
    "# 8 Subletting",
    "Subletting up to 30 % of the area is allowed with consent, which the landlord may not withhold without a reason.",
    "# 9 Repairs",
    "The tenant repairs what it damages; roof, outer walls and heating are repaired by the landlord. Faults are reported to "
    "caretaker Bill Marsh, 0117 555 0142.",
]

MANUAL: list[str | list[list[str]]] = [
    "Edition 4, February 2026. Part number DOC-AS300-EN.",
    "# 1 Safety",
    "Disconnect the supply before opening the housing. Never look into the infrared source at 860 nm. The sensor is not approved "
    "for explosive atmospheres.",
    "# 2 Technical data",
    [
        ["Property", "Value"],
        ["Measuring range", "0 to 1000 NTU"],
        ["Accuracy", "2 % of the reading or 0.3 NTU, whichever is greater"],
        ["Operating temperature", "-5 to 50 °C"],
        ["Protection", "IP68, up to 20 m of water"],
        ["Supply voltage", "9 to 30 V DC, 1.2 W"],
        ["Interface", "RS-485, Modbus RTU, 9600 baud, default address 32"],
        ["Longest cable", "250 m"],
        ["Weight", "780 g"],
    ],
    "---",
    "# 3 Installation",
    "## 3.1 Mounting",
    "Mount the sensor with bracket MB-2 at an angle of 45 degrees, at least 10 cm from walls and 30 cm below the lowest water "
    "level. The optical window must point against the flow.",
    "## 3.2 Wiring",
    [
        ["Wire", "Signal"],
        ["brown", "supply, plus"],
        ["white", "supply, minus"],
        ["green", "RS-485 A"],
        ["yellow", "RS-485 B"],
        ["bare", "shield, to be earthed on one side only"],
    ],
    "# 4 Calibration",
    "Calibrate every six months with the kit CK-20. Rinse the sensor, immerse it in the 20 NTU formazin standard, wait three "
    "minutes and write 1 to register 40110. The factor must lie between 0.85 and 1.15, otherwise return the sensor.",
    "---",
    "# 5 Maintenance",
    "Replace the wiper blade WB-07 every 12 months. Clean the window with soft cloth and water; never use acetone. "
    "Store the sensor dry and frost-free.",
    "# 6 Error codes",
    [
        ["Code", "Meaning", "What to do"],
        ["E01", "Window dirty", "Start the wiper; clean by hand if the code returns"],
        ["E02", "Reading above range", "Check the sample"],
        ["E04", "Wiper blocked", "Remove plants or stones, then restart the sensor"],
        ["E06", "Supply below 9 V", "Check cable length and power supply"],
        ["E07", "Moisture inside", "Disconnect at once and return the sensor"],
        ["E09", "Calibration overdue", "Calibrate, see chapter 4"],
    ],
    "# 7 Warranty",
    "The warranty period is 24 months from delivery. Wiper blades and seals are wear parts and not covered.",
]

SLIDES = (
    (
        "Highlights",
        (
            "Revenue 871,000 pounds, 12 % more than in Q1 2025 (778,000 pounds)",
            "445 sensors and gateways shipped",
            "Order backlog 610,000 pounds",
        ),
        "The record month was March with 388,000 pounds. Forecast for the second quarter: 940,000 pounds.",
    ),
    (
        "Largest customers",
        (
            "Severn Water: 148,000 pounds",
            "Suzhou Water Group 苏州水务集团: 96,500 pounds",
            "Stadtwerke Kassel: 71,200 pounds",
        ),
        "Severn Water asks for a frame contract over three years; Jonas presents a draft by the end of May.",
    ),
    (
        "What went wrong",
        (
            "Rhine Valley Utilities lost: delivery time of nine weeks was too long",
            "14 complaints, 9 of them about blocked wipers",
            "Win rate 31 %, target 35 %",
        ),
        "The Rhine Valley order would have been worth 118,000 pounds. Cause: turbidity heads from Helmond arrived late.",
    ),
    (
        "Next steps",
        ("IFAT Munich, 4 to 8 May, hall B2, stand 317", "Second source for turbidity heads", "AquaSense 500 launch"),
        "Stand costs for IFAT are 23,600 pounds including travel.",
    ),
)

REGIONS = (
    ("Region", "Q1 2025", "Q1 2026"),
    ("United Kingdom", "301,000", "312,000"),
    ("European Union", "268,000", "286,000"),
    ("China", "165,000", "231,000"),
    ("Others", "44,000", "42,000"),
)

OFFER_MAIL = """\
Dear Tomás,

thank you for your enquiry of 18 March. We are glad to offer our turbidity head NL-T5, which fits your drawing without
changes to the housing. You find prices and conditions in the attached offer NO-2026-331.

In short: 169.00 euros each from 1,500 heads a year, lead time nine weeks for the first order and five weeks after that.
Ten samples for your tests are free of charge and can leave Bergen on 24 April.

The offer is valid until 31 May 2026. I am on holiday from 3 to 12 April; Lars Eide (+47 55 55 01 77) stands in for me.

Kind regards
Ingrid Solheim
Nordlicht Optics AS, Bergen
"""

OFFER: list[str | list[list[str]]] = [
    "Nordlicht Optics AS, Strandgaten 91, Bergen, Norway. 27 March 2026. Customer: Kestrel Water Instruments Ltd.",
    [
        ["Heads per year", "Price per head NL-T5"],
        ["500 to 999", "EUR 188.00"],
        ["1,000 to 1,499", "EUR 176.00"],
        ["1,500 and more", "EUR 169.00"],
    ],
    "Tooling, once: EUR 12,500. Payment: 30 days net. Delivery: FCA Bergen. Warranty: 24 months.",
    "The price difference to glass windows is EUR 9.50 per head; sapphire windows are standard.",
]

TICKETS = (
    ("Ticket", "Opened", "Customer", "Product", "Serial", "Problem", "Status", "Engineer"),
    (
        "T-1041",
        "2026-01-08",
        "Severn Water",
        "AquaSense 300",
        "A3-20511",
        "Wiper blocked by algae, E04",
        "closed",
        "Ravi Nair",
    ),
    (
        "T-1042",
        "2026-01-15",
        "Stadtwerke Kassel",
        "AquaSense 300",
        "A3-20344",
        "Reading drifts by 6 %",
        "closed",
        "Ella Price",
    ),
    (
        "T-1043",
        "2026-01-21",
        "Port of Leith",
        "Gateway G1",
        "G1-00087",
        "No connection after firmware update",
        "closed",
        "Ravi Nair",
    ),
    ("T-1044", "2026-02-03", "Severn Water", "AquaSense 300", "A3-20519", "Wiper blocked, E04", "closed", "Ravi Nair"),
    ("T-1045", "2026-02-11", "苏州水务集团", "AquaSense 300", "A3-20702", "通信中断，Modbus地址112", "open", "许宁"),
    (
        "T-1046",
        "2026-02-17",
        "Loch Fyne Salmon",
        "AquaSense 300",
        "A3-19988",
        "Moisture inside, E07",
        "replaced",
        "Ella Price",
    ),
    (
        "T-1047",
        "2026-02-25",
        "Stadtwerke Kassel",
        "AquaSense 300",
        "A3-20350",
        "Cable damaged by boat",
        "closed",
        "Ella Price",
    ),
    (
        "T-1048",
        "2026-03-04",
        "Wessex Reservoirs",
        "AquaSense 300",
        "A3-20611",
        "Supply below 9 V, E06",
        "closed",
        "Ravi Nair",
    ),
    ("T-1049", "2026-03-09", "昆山自来水厂", "AquaSense 300", "A3-20715", "刮片磨损，需更换", "closed", "许宁"),
    ("T-1050", "2026-03-19", "Severn Water", "Gateway G1", "G1-00103", "SIM card rejected", "open", "Ravi Nair"),
    (
        "T-1051",
        "2026-03-24",
        "Port of Leith",
        "AquaSense 300",
        "A3-20633",
        "Calibration overdue, E09",
        "closed",
        "Ella Price",
    ),
    (
        "T-1052",
        "2026-04-02",
        "Loch Fyne Salmon",
        "AquaSense 300",
        "A3-20790",
        "Wiper blocked, E04",
        "open",
        "Ella Price",
    ),
)
