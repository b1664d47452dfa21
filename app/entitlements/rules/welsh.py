"""The Welsh of the rules, table by table as in `words`. A card's own titles stay as they are."""

from app.entitlements.rules import change_welsh
from app.entitlements.rules.tongue import Tongue

CONDITIONS: dict[str, tuple[str, str]] = change_welsh.CONDITIONS | {
    "notice-given": (
        "Dywedwyd beth a gedwir, a phwy sy’n ei weld, cyn dechrau",
        "Rhoi’r hysbysiad ar neu cyn diwrnod dechrau",
    ),
    "on-programme": (
        "Digwyddodd ar ôl yr atgyfeiriad, ar y rhaglen",
        "Diwrnod rhwng y dechrau a’r diwedd",
    ),
    "action-plan": (
        "Cynllun gweithredu wedi’i wneud erbyn diwrnod dechrau",
        "Cynllun gweithredu wedi’i ddyddio ar neu cyn diwrnod dechrau",
    ),
    "enough-events": (
        "{count} o ddigwyddiadau o’r mathau y mae’r cerdyn yn eu henwi",
        "{count} o ddigwyddiadau",
    ),
    "evidence": ("Tystiolaeth sy’n cyfrif ar ei gyfer", "{kinds}"),
    "period-worked": ("O leiaf {weeks} wythnos mewn un swydd", "Mewn gwaith tan: {until}"),
    "hours": ("O leiaf {hours} awr yr wythnos", "{hours} awr yr wythnos"),
    "period-evidence": (
        "Tystiolaeth sy’n cwmpasu’r cyfnod cyfan",
        "{kinds}, yn cwmpasu {since} i {until}",
    ),
    "verified": (
        "Wedi’i ddilysu gan ail berson",
        "Rheolwr, neu’r dilyswr allanol, i’w ddilysu",
    ),
    "different-people": (
        "Wedi’i gofnodi a’i ddilysu gan bobl wahanol",
        "Rhywun na chofnododd ddim ohono i’w ddilysu",
    ),
    "not-disputed": (
        "Mae’r person yn cytuno â’r hyn y mae’n seiliedig arno",
        "Y person yn ei dynnu’n ôl, neu gywiro’r cofnod",
    ),
    "not-refused": ("Heb ei wrthod am byth o’r blaen", "Digwyddiad arall"),
    "requires": ("Cyrhaeddwyd yn gyntaf: {codes}", "Cyrraedd {codes}"),
    "priced": (
        "Mae’r cerdyn yn talu amdano ym mlwyddyn hon y contract",
        "Dechrau mewn blwyddyn o’r contract sydd â phris",
    ),
    "within-cap": (
        "O fewn y mwyaf y mae’r cerdyn yn ei dalu am un person, {cap}",
        "{cap} ar y mwyaf am un person",
    ),
    "started": ("Wedi dechrau ar y rhaglen", "Dechrau, gyda hysbysiad wedi’i roi a chynllun gweithredu"),
    "milestone": ("Un o’r rhain: {titles}", "Digwyddiad wedi’i ddilysu, gyda thystiolaeth"),
    "job": ("Swydd a gadwyd am {weeks} wythnos", "Swydd a ddechreuwyd ar y rhaglen"),
    "records-stand": ("Mae cofnodion y llinell a hawliwyd yn sefyll", "Cofnodion nas tynnwyd yn ôl"),
    "not-evaluated": (
        "Nid yw rheol y gyfradd hon wedi’i chynnwys eto",
        "Nid yw Waymark yn cyfrifo “{kind}” eto, felly ni ellir hawlio’r gyfradd hon yma",
    ),
}

FOUND: dict[str, str] = change_welsh.FOUND | {
    "day": "{day}",
    "event": "{title}, {day}",
    "notice": "Rhoddwyd ar {day}",
    "no-notice": "Dim hysbysiad cyn dechrau",
    "plan": "Dyddiad: {day}",
    "no-plan": "Dim cynllun gweithredu erbyn {day}",
    "events": "{have} o {count}",
    "evidence": "{kinds}",
    "no-evidence": "Dim byd sy’n cyfrif eto",
    "no-file": "Enwyd, ond nid yw’r ffeil wedi cyrraedd: {waiting}",
    "testimony-only": "{alone} yn unig; mae’n ychwanegu at dystiolaeth arall, heb fod byth yn ddigon ei hun",
    "still-in-work": "Dechreuodd ar {since}, heb wybod iddo orffen",
    "worked": "{since} i {ended}",
    "ended-early": "Gorffennodd ar {until}",
    "hours": "{worked} awr yr wythnos",
    "cover": "{shown}, {since} i {until}",
    "no-cover": "Dim tystiolaeth o’r cyfnod eto",
    "part-cover": "Mae’r dystiolaeth yn cwmpasu rhan ohono yn unig",
    "verified": "Ar {day}",
    "verified-outside": "Ar {day}, gan y dilyswr allanol",
    "not-verified": "Nid oes neb wedi’i ddilysu eto",
    "returned": "Anfonwyd yn ôl at y gweithiwr; heb ei ddilysu ers hynny",
    "people-differ": "Maen nhw’n wahanol",
    "people-same": "Un person a gofnododd ac a ddilysodd",
    "people-open": "Nid oes neb wedi’i ddilysu eto",
    "disputed": "Mae’r person yn anghytuno â hyn: {what}; y person all ei dynnu’n ôl, neu cywirwch y cofnod",
    "not-refused": "Naddo",
    "refused": "Gwrthododd comisiynydd y digwyddiad hwn ar gyfer y gyfradd hon, am byth",
    "reached": "Cyrhaeddwyd erbyn {day}",
    "not-reached": "Heb eu cyrraedd: {lacking}",
    "priced": "{price}",
    "not-priced": "Nid yw’r cerdyn yn talu dim am flwyddyn hon y contract",
    "within-cap": "{total} gyda hwn",
    "over-cap": "Mae {total} wedi’i hawlio neu i’w hawlio’n barod",
    "nothing": "Dim byd eto",
    "gone": "Tynnwyd yn ôl neu cywirwyd",
    "not-evaluated": "Heb ei gyfrifo",
}

TASKS: dict[str, str] = change_welsh.TASKS | {
    "evidence": "Ychwanegwch {kinds}, ar gyfer “{title}”",
    "no-file": "Nid yw’r ffeil ar gyfer “{title}” yma eto: cysylltwch y llechen, neu ail-dynnwch y llun",
    "period-evidence": "Ychwanegwch {kinds}, ar gyfer y swydd a ddechreuodd ar {since}",
    "action-plan": "Gwnewch y cynllun gweithredu gyda’ch gilydd",
    "notice-given": "Ewch drwy’r hysbysiad gyda’ch gilydd",
    "enough-events": "Cofnodwch y digwyddiad nesaf o’r math hwn pan fydd yn digwydd",
    "disputed": "Mae’r person yn anghytuno â hyn: {what}. Siaradwch amdano gyda’ch gilydd, neu cywirwch ef",
    "returned": "Daeth “{title}” yn ôl atoch: unionwch ef a’i anfon eto",
}

DISPUTED: dict[str, str] = {
    "start": "y dechrau",
    "end": "y diwedd",
    "assessment": "y graddiad",
    "milestone": "y garreg filltir",
    "intervention": "y cymorth",
    "contact": "y cyswllt",
    "employment": "y swydd",
    "action-plan": "y cynllun gweithredu",
}

KINDS: dict[str, str] = {
    "action-plan": "cynllun gweithredu",
    "certificate": "tystysgrif",
    "photo": "llun",
    "attendance-register": "cofrestr bresenoldeb",
    "third-party-letter": "llythyr gan drydydd parti",
    "payslips": "slipiau cyflog",
    "employer-confirmation": "cadarnhad y cyflogwr",
    "bank-credits": "credydau banc",
    "earnings-match": "paru enillion",
    "trading-record": "cofnod masnachu",
    "participant-confirmation": "cadarnhad y person ei hun, heb y gweithiwr",
    "worker-observation": "arsylwad y gweithiwr",
}

PARTS: dict[str, str] = change_welsh.PARTS | {
    "nothing": "dim",
    "start": "Dechrau ar y rhaglen",
    "job": "Swydd",
    "evidence-of-start": "tystiolaeth o’r dechrau",
    "on-day": "{what}, {day}",
    "so-many": "{have} o {count}",
}

MISSING: dict[str, str] = change_welsh.MISSING | {
    "notice-given": "Ni roddwyd yr hysbysiad cyn dechrau",
    "on-programme": "Ddim ar y rhaglen eto",
    "action-plan": "Ni wnaed cynllun gweithredu erbyn dechrau",
    "enough-events": "Rhai digwyddiadau i ddod o hyd",
    "evidence": "Nid yw tystiolaeth sy’n cyfrif yma eto",
    "period-worked": "Nid yw’r swydd wedi para’n ddigon hir",
    "hours": "Llai o oriau nag y mae’r cerdyn yn gofyn amdanyn nhw",
    "period-evidence": "Nid yw tystiolaeth o’r cyfnod cyfan yma eto",
    "verified": "Heb ei ddilysu eto",
    "different-people": "Yr un person a gofnododd ac a ddilysodd",
    "not-disputed": "Mae’r person yn anghytuno â chofnod",
    "not-refused": "Gwrthodwyd am byth o’r blaen",
    "requires": "Rhaid cyrraedd cyfradd arall yn gyntaf",
    "priced": "Nid yw’r cerdyn yn talu dim am y flwyddyn hon",
    "within-cap": "Dros y mwyaf y mae’r cerdyn yn ei dalu am un person",
    "started": "Heb ddechrau eto",
    "milestone": "Dim digwyddiad eto",
    "job": "Dim swydd eto",
    "records-stand": "Tynnwyd cofnod yn ôl",
    "not-evaluated": "Ni chyfrifir y gyfradd hon eto",
}

WELSH = Tongue(
    conditions=CONDITIONS,
    found=FOUND,
    tasks=TASKS,
    parts=PARTS,
    kinds=KINDS,
    disputed=DISPUTED,
    raters=change_welsh.RATERS,
    own=change_welsh.OWN,
    occasions=change_welsh.OCCASIONS,
    months=(
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ),
    # Nothing that would change the word after it, as "a" and "neu" do.
    both="; hefyd ",
    one_of="un o’r rhain: ",
    either=", ",
)


def missing_title(language: str, code: str, english: str) -> str:
    """Return what is missing as a heading in a language."""
    return MISSING.get(code, english) if language == "cy" else english
