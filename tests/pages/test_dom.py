"""Tests of HTML as blocks of text."""

from harness.pages import dom


def texts(html: str) -> list[str]:
    """Return the text of each block of a page."""
    return [block.text for block in dom.blocks(dom.parse(html))]


def test_block_elements_part_text_and_inline_ones_do_not() -> None:
    """Links and spans stand in the line; paragraphs, items, cells and line breaks end it."""
    html = "<p>One <a href='#'>two</a> three</p><ul><li>four<li>five</ul>six<br>seven<h2>eight"
    assert texts(html) == ["One two three", "four", "five", "six", "seven", "eight"]


def test_what_is_never_seen_is_not_text() -> None:
    """Scripts, styles, comments, templates and hidden elements leave only what stands around."""
    html = (
        "<body>a<script>b</script><style>c</style><!-- d --><template>e</template>"
        "<i hidden>f</i><b style='color: red; display : none'>g</b>h<noscript>i</noscript>"
    )
    assert texts(html) == ["ah"]


def test_white_space_is_as_a_reader_sees_it() -> None:
    """Line ends in the source, soft hyphens and no-break spaces are one space or nothing."""
    assert texts("<p>\n a\n   b&nbsp;c co&shy;op e&#x301;</p>") == ["a b c coop \u00e9"]


def test_a_block_knows_where_it_stands() -> None:
    """Its owner is the nearest block element; headings and buttons are labels."""
    tree = dom.parse("<div id='x'><h2>Label</h2><p><em>text</em></p><button>go</button></div>")
    label, text, button = dom.blocks(tree)
    assert [b.heading for b in (label, text, button)] == [True, False, True]
    assert text.owner.tag == "p"
    assert text.inside(tree.get_element_by_id("x"))
    assert not text.inside(label.owner)


def test_a_block_can_be_taken_out_of_the_tree() -> None:
    """Its own text goes, wherever it is written; the text around it stays."""
    tree = dom.parse("<div>one <b>two</b> three<p>four</p>five<br>six</div>")
    first = dom.blocks(tree)[0]
    assert first.text == "one two three"
    first.blank()
    assert [b.text for b in dom.blocks(tree)] == ["four", "five", "six"]


def test_pages_of_nothing_have_no_blocks() -> None:
    """An empty text, a comment and a bare head are pages all the same."""
    assert [texts(html) for html in ("", " ", "<!-- x -->", "<head><title>x</title></head>")] == [
        [],
        [],
        [],
        [],
    ]


def test_deep_nesting_is_no_matter() -> None:
    """A thousand nested elements are read without a deep call stack."""
    assert "deep" in " ".join(texts("<div>" * 1000 + "deep"))
