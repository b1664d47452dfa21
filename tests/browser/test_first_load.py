"""What a browser fetches first comes packed, and is little."""

import re
from urllib.request import Request, urlopen

import pytest

from tests.browser.site import Site


@pytest.mark.parametrize(
    ("kind", "most_kb"),
    [(r'(?:src|href)="([^"]+\.js)"', 45), (r'href="([^"]+\.css)"', 22)],
    ids=["js", "css"],
)
@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_the_first_load_comes_packed_and_is_little(
    demo_site: Site, kind: str, most_kb: int, encoding: str
) -> None:
    with urlopen(demo_site.url) as page:
        names = set(re.findall(kind, page.read().decode()))
    sizes = []
    for name in names:
        with urlopen(Request(demo_site.url + name, headers={"Accept-Encoding": encoding})) as answer:
            assert answer.headers["Content-Encoding"] == encoding
            sizes.append(len(answer.read()))

    assert sizes
    assert sum(sizes) <= most_kb * 1000
