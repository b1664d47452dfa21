"""What each document says: plain, frozen values. Whoever fills them has already decided who may see what.

Days are London days, moments are aware and in UTC, money is whole pence. Text is as people wrote it: it is
made safe and escaped when the page is composed. Totals are never handed in; they are added up here, so
paper cannot disagree with itself.
"""
