"""The policy of a page: its own scripts run and its charts draw; what else stands in it neither runs nor loads."""

import re
import shutil

import pytest

import browser as chromium
import sample_book
from helpers import editions
from helpers.builds.front import front_pages
from helpers.page import policy

HOSTILE = (
    "<script>document.title = 'ran'</script><img src='x.png' onerror=\"document.title = 'ran'\">"
    "<a id='link' href=\"javascript:document.title='ran'\">link</a><svg onload=\"document.title='ran'\"></svg>"
    "<img src='http://203.0.113.7/leak.png'><iframe src='http://203.0.113.7/frame'></iframe>"
    "<link rel='stylesheet' href='http://203.0.113.7/style.css'><script src='http://203.0.113.7/code.js'></script>"
    "<object data='http://203.0.113.7/object'></object><base href='http://203.0.113.7/'>"
)
PAGE = "<html><head><title>t</title><script>one()</script></head><body onload='two()'><article>{}</article><script>three()</script></body></html>"  # fmt: skip


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    return sample_book.build(sample_book.folder(tmp_path_factory)) / sample_book.EDITION


def scripts_of(page: str) -> list[str]:
    return re.search(r"script-src ([^;]*)", policy.policy(page))[1].split()


def test_only_the_templates_own_scripts_are_named():
    plain = scripts_of(PAGE.format("words"))
    assert sum(word.startswith("'sha256-") for word in plain) == 3
    for text in (HOSTILE, f"a</article>{HOSTILE}<article>b", "</article><script>four()</script>"):
        assert scripts_of(PAGE.format(text)) == plain


def test_a_policy_stands_first_in_the_head_and_once():
    page = policy.with_policy(PAGE.format("words"))
    assert re.match(r'<html><head>\s*<meta http-equiv="Content-Security-Policy"', page)
    assert policy.with_policy(page) == page
    assert policy.with_policy("<p>no head</p>") == "<p>no head</p>"
    leads = policy.with_policy('<meta http-equiv="Refresh" content="0; url=a.html" />\n')
    assert re.match(r'<meta http-equiv="Content-Security-Policy" content="[^"]*"><meta http-equiv="Refresh"', leads)
    assert policy.with_policy(leads) == leads


def test_every_built_page_has_one_without_eval_and_without_hosts(edition):
    pages = [path for path in edition.rglob("*.html") if "_static" not in path.parts]
    assert len(pages) >= 5
    assert edition / "index.html" in pages
    for path in pages:
        text = path.read_text(encoding="utf-8")
        found = re.search(r'(?:<head[^>]*>|\A)\s*<meta http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        assert found, path.name
        said = found[1].replace("&#x27;", "'")
        assert said.startswith("default-src 'none'; script-src 'self' file:")
        assert "unsafe-eval" not in said
        assert "unsafe-inline" not in said.split("style-src")[0]
        assert not re.search(r"https?:|\*", said)


@pytest.mark.browser
def test_charts_draw_and_search_and_buttons_work_under_it(browser, edition):
    with chromium.visit(browser) as seen:
        seen.go(edition / "chapters" / "summary.html")
        assert seen.page.locator("figure[data-live]").count() >= 4
        assert seen.switch_theme() == "dark"
        seen.page.locator("button.primary-toggle").first.dispatch_event("click")
        assert (seen.errors, seen.outside) == ([], [])
    with chromium.visit(browser) as seen:
        seen.go(f"{(edition / 'search.html').as_uri()}?q=alpha", drawn=False)
        seen.page.locator(".mali-found").wait_for(timeout=chromium.PATIENCE)
        assert (seen.errors, seen.outside) == ([], [])


@pytest.mark.browser
def test_what_gets_into_an_article_neither_runs_nor_loads(browser, edition, tmp_path):
    shutil.copytree(edition, tmp_path / "book")
    path = tmp_path / "book" / "chapters" / "summary.html"
    page = path.read_text(encoding="utf-8")
    at = page.index(">", page.index("<article")) + 1
    path.write_text(page[:at] + HOSTILE + page[at:], encoding="utf-8")
    with chromium.visit(browser) as seen:
        seen.go(path)
        title = seen.page.title()
        seen.page.locator("#link").click()
        assert seen.page.title() == title != "ran"
        assert seen.outside == []
        assert sum("Content Security Policy" in text for text in seen.errors) >= 5


@pytest.mark.browser
def test_the_front_page_is_drawn_under_its_own_which_names_no_script(browser, tmp_path):
    page = front_pages([editions.find("2023-07")])["index.html"]
    said = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    assert said == "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    (tmp_path / "index.html").write_text(page + HOSTILE, encoding="utf-8")
    with chromium.visit(browser) as seen:
        seen.go(tmp_path / "index.html", drawn=False)
        figures = seen.page.locator("figure .wide svg")
        assert figures.count() == 2
        assert all(box["width"] > 300 and box["height"] > 100 for box in (one.bounding_box() for one in figures.all()))
        display = seen.page.locator(".top").evaluate("found => getComputedStyle(found).display")
        assert display == "grid"
        for above, below in ((".facts", ".trust"), (".trust", ".last")):
            under = seen.page.evaluate(
                """([above, below]) => document.querySelector(below).getBoundingClientRect().top -
                         document.querySelector(above).getBoundingClientRect().bottom""",
                [above, below],
            )
            assert 0 < under < 40, "no hole under the findings, however high the pictures"
        # The bar stays in sight, as on the chapters.
        seen.page.mouse.wheel(0, 900)
        seen.page.wait_for_function("() => scrollY > 500")
        assert seen.page.locator(".mali-switches").bounding_box()["y"] == 0
        assert seen.page.title() != "ran"
        assert seen.outside == []
