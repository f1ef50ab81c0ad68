"""Reads a page of HTML into a tree, and accepts nothing that a browser would have to mend."""

from html.parser import HTMLParser

VOID = {"meta", "link"}


class Element:
    def __init__(self, name, attributes=()):
        self.name, self.attributes, self.children = name, dict(attributes), []

    def all(self, name):
        for child in self.children:
            if isinstance(child, Element):
                if child.name == name:
                    yield child
                yield from child.all(name)

    def classed(self, name, style):
        return next(each for each in self.all(name) if style in each.attributes.get("class", "").split())

    @property
    def words(self):
        parts = (child if isinstance(child, str) else child.words for child in self.children)
        return " ".join("".join(f" {part} " for part in parts).replace("\xa0", " ").split())


class Strict(HTMLParser):
    """Builds a tree, and accepts nothing that a browser would have to mend."""

    def __init__(self):
        super().__init__()
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, name, attributes):
        assert len(attributes) == len(dict(attributes)), "an attribute stands twice"
        self.open[-1].children.append(Element(name, attributes))
        if name not in VOID:
            self.open.append(self.open[-1].children[-1])

    def handle_endtag(self, name):
        assert self.open.pop().name == name

    def handle_data(self, data):
        self.open[-1].children.append(data)


def parsed(html):
    parser = Strict()
    parser.feed(html)
    parser.close()
    assert parser.open == [parser.root]
    return parser.root
