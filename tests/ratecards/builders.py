"""Rate cards for tests."""

from pathlib import Path

DEMO_CARDS = Path(__file__).parents[2] / "deploy" / "demo" / "rate-cards.yaml"

ONE_CARD = """\
code: small
title: A small card
source: invented
claim_window_days: 90
rates:
  - code: ATT
    title: Start
    trigger: {kind: started}
    price_pence: 30000
    max_per_person: 1
    evidence: [action-plan]
  - code: OBS
    title: Milestone
    trigger: {kind: milestone, any_of: [cv-finished, debt-plan], count: 2}
    price_pence: 10000
    requires: [ATT]
    evidence_by_milestone: true
"""
