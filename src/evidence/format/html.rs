//! HTML: what a browser would show of it.

use std::collections::BTreeMap;
use std::ops::Range;

use html5gum::{DefaultEmitter, State, Token, Tokenizer};

use super::elements::Attributes;
use super::rendering::{COMMENTS, Rendering, StartTag};
use crate::evidence::prose::Prose;

/// A character reference is no longer than this (in bytes).
const LONGEST_REFERENCE: usize = 40;

pub(super) fn read(document: &str) -> Prose {
    let is_xml = document.trim_start_matches('\u{feff}').starts_with("<?xml");
    let mut page = Rendering::new(false, is_xml);
    page.is_quirky = !is_xml;
    read_into(&mut page, document, &|bytes| bytes);
    page.finish(document.len())
}

/// Reads a piece of HTML into a page; `place` tells where in the file a range of the piece stands.
pub(super) fn read_into(page: &mut Rendering, piece: &str, place: &dyn Fn(Range<usize>) -> Range<usize>) {
    let mut emitter = DefaultEmitter::new_with_span();
    emitter.naively_switch_states(true);
    let mut tokens = Tokenizer::new_with_emitter(piece, emitter);
    let mut words = Words { piece, known: BTreeMap::new() };
    while let Some(Ok(token)) = tokens.next() {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name);
                let mut attributes = Attributes::default();
                for (name, value) in &tag.attributes {
                    attributes.add(&String::from_utf8_lossy(name), value);
                }
                if page.start(&StartTag {
                    name: &name,
                    attributes: &attributes,
                    file: place(tag.span.start..tag.span.end),
                    closes_itself: tag.self_closing,
                }) {
                    // What has ended already contains no text.
                    tokens.set_state(State::Data);
                }
            }
            Token::EndTag(tag) => {
                page.end(&String::from_utf8_lossy(&tag.name), &place(tag.span.start..tag.span.end));
            }
            Token::String(shown) => {
                let shown_words = String::from_utf8_lossy(&shown);
                words.read(page, (&shown_words, shown.span.start..shown.span.end), place);
            }
            Token::Comment(comment) => {
                let bytes = comment.span.start..comment.span.end;
                // What declares a page to be XML is no comment.
                if !piece.get(bytes.start..).is_some_and(|written| written.starts_with("<?")) {
                    page.leave_out(COMMENTS, place(bytes));
                }
            }
            Token::Doctype(doctype) => page.is_quirky &= doctype.force_quirks,
            Token::Error(_) => {}
        }
    }
}

/// The words between tags, with what their character references stand for.
struct Words<'a> {
    piece: &'a str,
    known: BTreeMap<&'a str, String>,
}

impl<'a> Words<'a> {
    fn read(
        &mut self,
        page: &mut Rendering,
        (shown, at): (&str, Range<usize>),
        place: &dyn Fn(Range<usize>) -> Range<usize>,
    ) {
        let written = self.piece.get(at.clone()).unwrap_or_default();
        let parts = parts(written);
        if written == shown || self.joined(&parts) != shown {
            return verbatim(page, shown, at, place);
        }
        let mut start = at.start;
        for part in parts {
            let bytes = start..start + part.len();
            start = bytes.end;
            match part.starts_with('&') {
                true => page.set(self.meaning(part), place(bytes)),
                false => verbatim(page, part, bytes, place),
            }
        }
    }

    /// What the parts of a text stand for, with line ends as browsers read them.
    fn joined(&mut self, parts: &[&'a str]) -> String {
        let mut joined = String::new();
        for part in parts {
            match part.starts_with('&') {
                true => joined.push_str(self.meaning(part)),
                false => joined.push_str(&part.replace("\r\n", "\n").replace('\r', "\n")),
            }
        }
        joined
    }

    /// What a character reference stands for; itself, if it is none.
    fn meaning(&mut self, reference: &'a str) -> &str {
        self.known.entry(reference).or_insert_with(|| {
            let tokens = Tokenizer::new(reference).filter_map(Result::ok);
            let words = tokens.filter_map(|token| if let Token::String(words) = token { Some(words) } else { None });
            words.map(|words| String::from_utf8_lossy(&words).into_owned()).collect()
        })
    }
}

/// A text in parts of which some begin with `&` and may be character references, each by itself.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        let (before, from) = rest.split_at(start);
        let name = from[1..].bytes().take(LONGEST_REFERENCE).take_while(|c| c.is_ascii_alphanumeric() || *c == b'#');
        let length = 1 + name.count();
        let end = length + usize::from(from[length..].starts_with(';'));
        parts.extend([before, &from[..end]]);
        rest = &from[end..];
    }
    parts.push(rest);
    parts.retain(|part| !part.is_empty());
    parts
}

/// Words of which each byte stands so in the file, unless other bytes stand there in between.
fn verbatim(page: &mut Rendering, words: &str, at: Range<usize>, place: &dyn Fn(Range<usize>) -> Range<usize>) {
    let file = place(at.clone());
    match file.len() == words.len() && at.len() == words.len() {
        true => page.verbatim(words, file.start),
        false => page.set(words, file),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    fn shown(document: &str) -> Vec<String> {
        let prose = read(document);
        (0..prose.paragraphs.len()).map(|number| prose.words(number).to_owned()).collect()
    }

    #[test]
    fn only_what_is_shown_is_read() {
        let document = "<!doctype html><title>no</title><h2>Article&nbsp;5</h2><p>Japan <b>will</b> act&mdash;now.<sup>12</sup>\
            <!-- not --></p><p hidden>never <b>this</b></p><script>if (a < b) {}</script><p>A &lt; B<br>C</p>";
        let prose = read(document);
        assert_eq!(shown(document), ["Article\u{a0}5", "Japan will act—now.¹²", "A < B\nC"]);
        assert!(prose.paragraphs[0].heading == Some(2) && !prose.paragraphs[1].is_heading());
        let at = prose.text.find("now").unwrap();
        assert_eq!(&document[prose.in_file(&(at..at + 3))], "now");
        let at = prose.text.find("—").unwrap();
        assert_eq!(&document[prose.in_file(&(at - 3..at + 3))], "act&mdash;");
        let left_out: Vec<(&str, &str)> =
            prose.left_out.iter().map(|one| (one.what, &document[one.file.clone()])).collect();
        assert_eq!(
            left_out,
            [
                ("page head", "<title>no</title>"),
                ("comments", "<!-- not -->"),
                ("hidden elements", "<p hidden>never <b>this</b></p>"),
                ("scripts and styles", "<script>if (a < b) {}</script>"),
            ]
        );
    }

    #[test]
    fn elements_end_where_a_browser_ends_them() {
        for (document, expected) in [
            ("<p hidden>a<p>b", vec!["b"]),
            ("<ul><li hidden>a<li>b<ul><li>c</ul>d</ul>", vec!["b", "c", "d"]),
            ("<table><tr><td hidden>a<td>b<tr><th>c</table>", vec!["b", "c"]),
            ("<b hidden>a<p>b</b>c</p>d", vec!["c", "d"]),
            ("<p><b hidden>a</p><p>b</p></b>c", vec!["c"]),
            ("<span hidden>a<div>b</span>c</div>d", vec![]),
            ("<div hidden/>a</div>b", vec!["b"]),
            ("<?xml version='1.0'?><div hidden='hidden'/>a<script src='x'/>b", vec!["ab"]),
            ("<svg><title/><text>t</text><p>out</svg>", vec!["t", "out"]),
            ("<select>x<option>o<option hidden>p</select>", vec!["o"]),
            ("<details><summary>s</summary>body</details>", vec!["s", "body"]),
            ("<p hidden style='display:block'>a<p style='DISPLAY : NONE!important'>b", vec!["a"]),
            ("<div style='visibility:hidden'>a<p style='visibility:visible'>b</p></div>", vec!["b"]),
            ("<template><p>a</p><td>b</td></template><title>c</title>d", vec!["d"]),
            ("a&ampb &notin; &notit; &copy2 AT&T & co &#x41;&#66", vec!["a&b ∉ ¬it; ©2 AT&T & co AB"]),
            ("<head>text", vec!["text"]),
        ] {
            assert_eq!(shown(document), expected, "{document}");
        }
    }

    #[test]
    fn items_and_cells_are_units() {
        let prose = read("<ol start=3 type=a><li>x<li value=9>y<ul><li>z</ul></ol><table><tr><td>p<td>q</table>");
        let units: Vec<(&str, Option<&str>, &str)> = prose
            .units
            .iter()
            .map(|unit| (unit.kind.as_str(), unit.number.as_deref(), &prose.text[unit.bytes.clone()]))
            .map(|(kind, number, text)| (kind, number, text.trim().lines().next().unwrap_or_default()))
            .collect();
        assert_eq!(
            units,
            [
                ("item", Some("c"), "x"),
                ("item", Some("i"), "y"),
                ("item", None, "z"),
                ("table", None, "p"),
                ("row", None, "p"),
                ("cell", None, "p"),
                ("cell", None, "q")
            ]
        );
    }

    #[test]
    fn a_million_open_tags_take_no_stack_and_little_time() {
        for piece in ["<div>", "<b>", "</i>", "<table><td>", "<p hidden>", "<x>", "<svg>", "&", "<!--", "<a href='"] {
            read(&piece.repeat(1_000_000 / piece.len()));
        }
        read(&("<b>".repeat(100_000) + &"</i>".repeat(100_000) + &"<div></b>".repeat(100_000)));
        read(&("<i>".repeat(50_000) + &"<div>".repeat(50_000) + &"</i>".repeat(50_000)));
    }
}
