"""What search engines are told."""


def test_a_live_site_keeps_personal_pages_out_of_search_engines(visitor):
    response = visitor.get("/robots.txt")
    lines = response.content.decode().splitlines()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[0] == "User-agent: *"
    assert {f"Disallow: {path}" for path in ("/admin/", "/accounts/", "/me/")} <= set(lines)
    assert "Disallow: /" not in lines
    assert "Sitemap: http://localhost:8000/sitemap.xml" in lines
    assert "X-Robots-Tag" not in response


def test_a_demonstration_is_for_no_search_engine(visitor, settings):
    settings.IS_DEMO_SITE = True
    assert visitor.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


def test_every_page_of_a_demonstration_says_noindex(visitor, settings, db):
    settings.IS_DEMO_SITE = True
    for path in ("/", "/robots.txt", "/no-such-page/", "/accounts/login/", "/healthz"):
        assert visitor.get(path)["X-Robots-Tag"] == "noindex", path
