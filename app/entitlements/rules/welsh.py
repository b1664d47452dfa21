"""The Welsh of what is missing, as the claims bench heads it. Conditions are frozen as the card has them."""

MISSING: dict[str, str] = {
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


def missing_title(language: str, code: str, english: str) -> str:
    """Return what is missing as a heading in a language."""
    return MISSING.get(code, english) if language == "cy" else english
