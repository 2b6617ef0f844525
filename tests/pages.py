"""What holds for every page of HTML that longtu writes: a reader of pages, and the checks that all of them pass."""

import base64
import hashlib
import html.parser

VOID = {"meta", "input", "link", "br", "hr", "img"}


class Page(html.parser.HTMLParser):
    """Ids, links, tags, the policy, and the texts of scripts and styles; every element is closed."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.stack, self.ids, self.links, self.tags, self.policy = [], [], [], [], ""
        self.scripts, self.styles = [], []
        self.feed(text)
        self.close()
        assert not self.stack, self.stack

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        assert len(names) == len(set(names)), (tag, attributes)
        values = dict(attributes)
        self.tags.append((tag, values))
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a":
            self.links.append(values["href"])
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"]
        if tag not in VOID:
            self.stack.append(tag)
        self.opened(tag, values)

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.stack and self.stack.pop() == tag, (tag, self.getpos())

    def handle_data(self, data):
        if self.stack and self.stack[-1] == "script":
            self.scripts.append(data)
        if self.stack and self.stack[-1] == "style":
            self.styles.append(data)
        self.read(data)

    def opened(self, tag, values):
        pass

    def read(self, data):
        pass


def check_page(page):
    """Nothing comes from elsewhere or runs but the page's own last script; links lead somewhere."""
    assert len(page.ids) == len(set(page.ids)), "an id is given twice"
    ids = set(page.ids)
    for link in page.links:
        assert link[0] == "#" and link[1:] in ids, link
    for tag, attributes in page.tags:
        assert tag not in ("img", "iframe", "object", "link", "base", "form"), tag
        for name, value in attributes.items():
            assert not name.startswith("on") and name not in ("src", "style", "srcset"), (tag, name)
            assert "javascript:" not in (value or ""), (tag, name)
    assert len(page.styles) == 1 and page.scripts
    assert "url(" not in page.styles[0] and "@import" not in page.styles[0]
    for words in (page.styles[0], page.scripts[-1]):
        digest = base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in page.policy, page.policy
    assert page.policy.startswith("default-src 'none';") and "unsafe" not in page.policy
