"""The Welsh of measured change, table by table as in `change_words`; `welsh` joins them to its own."""

CONDITIONS: dict[str, tuple[str, str]] = {
    "baseline-in-time": (
        "Llinell sylfaen gyntaf o fewn {days} o ddiwrnodau i’r cyfarfod cyntaf",
        "Y ddau raddiad erbyn {until}",
    ),
    "baseline-before-support": (
        "Llinell sylfaen gyntaf cyn {hours} awr o gymorth",
        "Llinell sylfaen gyntaf yn gynnar",
    ),
    "baseline-locked": (
        "Ail linell sylfaen 1 i 4 wythnos yn ddiweddarach; wedi’i chloi erbyn diwrnod {days}",
        "Ail linell sylfaen erbyn {until}",
    ),
    "room-to-improve": (
        "Dechreuodd yn ddigon isel ar gyfer newid sy’n cyfrif",
        "Dechrau heb fod yn uwch na: {most}",
    ),
    "review-in-time": (
        "Adolygiad o leiaf {weeks} wythnos ar ôl cloi’r llinell sylfaen",
        "Adolygiad ar neu ar ôl: {since}",
    ),
    "review-in-window": (
        "Adolygiad {least} i {most} wythnos ar ôl y gwelliant, neu waith neu gwrs a gadwyd",
        "Adolygiad rhwng {since} a’r dyddiad hwn: {until}; neu waith neu gwrs a gadwyd ers hynny",
    ),
    "both-rated": ("Graddiwyd gan y person a chan y gweithiwr", "{whose}: {what}"),
    "ratings-close": (
        "Graddiadau’r ddau o’r adolygiad heb fod yn fwy na {days} o ddiwrnodau ar wahân",
        "Graddiadau heb fod yn fwy na {days} o ddiwrnodau ar wahân",
    ),
    "enough-ladders": (
        "Atebodd pob graddiwr o leiaf {least} o {count} o raddfeydd bob tro",
        "Ateb {least} o raddfeydd bob tro, neu ail raddiwr lle dewisodd y person beidio â graddio",
    ),
    "improved-person": ("Gwellodd {rater} o’r hyn sy’n cyfrif", "{needed} yn fwy nag ar y dechrau"),
    "improved-worker": (
        "Gwellodd graddiadau’r gweithiwr o’r hyn sy’n cyfrif",
        "{needed} yn fwy nag ar y dechrau",
    ),
    "milestone-since": (
        "{count} ers y llinell sylfaen, heb dalu amdani ei hun",
        "{count}, gyda thystiolaeth sy’n cyfrif",
    ),
    "kept-since": (
        "Gwaith neu gwrs a ddechreuwyd ers y gwelliant, ac a gadwyd",
        "Gwaith sy’n para, neu dystiolaeth o gwrs, hyd at: {until}",
    ),
    "improvement-reached": ("Cyrhaeddwyd y gwelliant y mae’n ei ddal", "Gwelliant dibynadwy"),
    "ladders-worse": (
        "Mae nodyn a cham yn y cynllun am yr hyn a waethygodd yn ddibynadwy; nid yw byth yn dal y llinell",
        "Nodyn, a chynllun a gytunwyd ers hynny",
    ),
    "calibrated": (
        "Mae’r gwall mesur yn ddigon hysbys i dalu",
        "{pairs} o barau o raddiadau, neu fewnbynnau wedi’u llofnodi gan y comisiynydd",
    ),
}

FOUND: dict[str, str] = {
    "baseline-day": "{day}, diwrnod {nth}",
    "baseline-late": "{day}, diwrnod {nth}; mae’r llwybr hwn wedi cau, mae cyfraddau eraill ar agor o hyd",
    "rating-missing": "{whose} ar goll: {what}",
    "no-baseline": "Dim llinell sylfaen eto",
    "support-before": "{minutes} munud o gymorth cyn hynny",
    "second-day": "{between} o ddiwrnodau’n ddiweddarach; clowyd ar {day}",
    "no-second": "Dim ail linell sylfaen; caiff ei chloi ar {day}",
    "no-second-away": "Dim ail linell sylfaen; mae’r person i ffwrdd, ac mae’r amser yn sefyll",
    "focus-waits": "Dewiswyd tair graddfa; mesurir newid o’r ail linell sylfaen, sydd ar goll",
    "room-open": "Nid yw’r hyn sy’n cyfrif yn hysbys eto ar gyfer y fersiwn, yr iaith a’r graddiwr hyn",
    "room": "Dechreuodd ar {began}; newid sy’n cyfrif yw {needed}",
    "ceiling": "Dechreuodd ar {began} o {top}; newid sy’n cyfrif yw {needed}, felly mae’r llwybr ar gau",
    "review-day": "{later} wythnos yn ddiweddarach, ar {day}",
    "review-too-soon": "{day}: rhy fuan ar ôl cloi’r llinell sylfaen neu ar ôl yr adolygiad blaenorol",
    "no-review": "Dim adolygiad eto",
    "both": "Mae’r ddau wedi graddio",
    "apart": "{between} o ddiwrnodau ar wahân",
    "ladders": "Y person {person}, y gweithiwr {worker}, o {count}",
    "few-ladders": "Y person {person}, y gweithiwr {worker}, o {count}; ni ddyfeisir dim yn lle’r gweddill",
    "not-independent": "Mae’r ail raddiwr yn gweithio gyda’r person; rhaid i rywun arall raddio",
    "not-comparable": "Fersiwn neu iaith wahanol i’r llinell sylfaen: ni ellir cymharu’r ddwy",
    "improved": "Gwellodd o {change}; {needed} yw’r lleiaf sy’n cyfrif",
    "moved": "Symudodd {rater} o {change}",
    "fell": "Gostyngodd o {change}; {needed} yn fwy yw’r lleiaf sy’n cyfrif",
    "milestones": "{titles}",
    "milestones-open": "{titles}: heb ei dilysu gyda thystiolaeth eto",
    "milestones-paid": "{titles}: talwyd amdani ei hun",
    "worse-noted": "{titles}: nodwyd, a chytunwyd ar y cynllun o’r newydd ar {day}",
    "worse-open": "{titles}: {lacking}",
    "kept": "{what}, ers {day}",
    "not-kept": "{what}, wedi gorffen ar {day}",
    "kept-open": "{what}, ers {day}: heb ei ddilysu gyda thystiolaeth eto",
    "calibrated": "{n} o barau o raddiadau",
    "provisional": "Mewnbynnau dros dro, wedi’u llofnodi gan y comisiynydd, tan: {day}",
    "shadow": "Ar brawf: dangosir, ac ni thelir dim; {n} o {pairs} o barau o raddiadau hyd yma",
}

TASKS: dict[str, str] = {
    "rating-missing": "Gorffennwch hyn, mae un o’r ddau heb raddio eto: {what}",
}

PARTS: dict[str, str] = {
    "their-return": "dychwelyd y person",
    "after-return": "pedair wythnos ar ôl dychwelyd y person",
    "day-due": "y diwrnod y mae’n ddyledus",
    "later": "yn ddiweddarach",
    "further-notice": "hysbysiad pellach",
    "below-top": "y brig namyn yr hyn sy’n cyfrif",
    "verified-milestone": "carreg filltir wedi’i dilysu",
    "verified-milestones": "{count} o gerrig milltir wedi’u dilysu",
    "work": "gwaith",
    "no-note": "dim nodyn ar {ladder}",
    "no-plan": "dim cynllun wedi’i gytuno ers hynny",
}

MISSING: dict[str, str] = {
    "baseline-in-time": "Ni chymerwyd y llinell sylfaen gyntaf mewn pryd",
    "baseline-before-support": "Llinell sylfaen gyntaf ar ôl llawer o gymorth",
    "baseline-locked": "Ni chymerwyd yr ail linell sylfaen",
    "room-to-improve": "Dechreuodd yn rhy uchel i fesur newid",
    "review-in-time": "Adolygiad i ddod o hyd",
    "review-in-window": "Adolygiad o’r hyn a ddaliwyd i ddod o hyd",
    "both-rated": "Mae graddiad ar goll",
    "ratings-close": "Mae’r ddau raddiad yn rhy bell oddi wrth ei gilydd",
    "enough-ladders": "Atebwyd rhy ychydig o raddfeydd bob tro",
    "improved-person": "Ni wellodd graddiadau’r person ddigon",
    "improved-worker": "Ni wellodd graddiadau’r gweithiwr ddigon",
    "milestone-since": "Dim carreg filltir wedi’i dilysu ers y llinell sylfaen",
    "kept-since": "Ni chadwyd y gwaith na’r cwrs",
    "improvement-reached": "Dim gwelliant eto y gellid ei ddal",
    "calibrated": "Ar brawf: nid yw’r gwall yn hysbys yn ddigon da",
}

RATERS = {
    "participant": "graddiadau’r person",
    "worker": "graddiadau’r gweithiwr",
    "second-rater": "graddiadau’r ail raddiwr",
}
OWN = {
    "participant": "graddiad y person ei hun",
    "worker": "graddiad y gweithiwr ei hun",
    "second-rater": "graddiad yr ail raddiwr ei hun",
    "each": "graddiad pob graddiwr",
}
OCCASIONS = {
    "baseline": "llinell sylfaen gyntaf",
    "second-baseline": "ail linell sylfaen",
    "review": "adolygiad",
    "exit": "adolygiad olaf",
}
