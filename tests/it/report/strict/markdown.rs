//! Markdown, in which no text of a finding may become anything but text.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use recte::report::Report;

use super::said;

/// The only HTML that there may be, and it is ours.
const HTML: [&str; 5] = ["<!-- -->", "<br>", "</details>\n", "</summary>", "<details>"];

/// What a comment on GitHub may hold.
const ROOM: usize = 65_536;

pub(super) fn read(report: &Report<'_>, text: &str) {
    let (headings, read) = parse(text);
    assert_eq!(headings, [HeadingLevel::H3], "{text}");
    assert_complete(report, &read);
}

/// Reads a report on several projects, which has a heading for each.
pub(super) fn read_several(text: &str) {
    let (headings, _) = parse(text);
    let (first, rest) = headings.split_first().expect("a report has a heading");
    assert_eq!(*first, HeadingLevel::H3, "{text}");
    assert!(rest.iter().all(|level| *level == HeadingLevel::H4), "{text}");
}

/// The levels of the headings, and the text as a reader sees it.
fn parse(text: &str) -> (Vec<HeadingLevel>, String) {
    assert!(text.chars().count() <= ROOM, "{} characters", text.chars().count());
    assert_eq!(broken(text), None, "{text}");
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    let mut headings = Vec::new();
    let mut read = String::new();
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(tag) => assert_ours(&tag, &mut headings, text),
            Event::Text(words) => read.push_str(&words),
            Event::Html(html) | Event::InlineHtml(html) => assert!(is_ours(&html), "{html:?} in {text}"),
            Event::End(TagEnd::Item | TagEnd::Paragraph | TagEnd::Heading(_)) => read.push('\n'),
            Event::End(_) | Event::SoftBreak => {}
            other => panic!("{other:?} in {text}"),
        }
    }
    (headings, read)
}

/// The only tags that there may be: headings, paragraphs, lists, and our own bold words.
fn assert_ours(tag: &Tag<'_>, headings: &mut Vec<HeadingLevel>, text: &str) {
    match tag {
        Tag::Heading { level, .. } => headings.push(*level),
        Tag::Paragraph | Tag::List(None) | Tag::Item | Tag::Strong | Tag::HtmlBlock => {}
        other => panic!("{other:?} in {text}"),
    }
}

fn is_ours(html: &str) -> bool {
    let summary = html.strip_prefix("<details><summary>").and_then(|rest| rest.strip_suffix("</summary>\n"));
    let counted = |words: &str| words.ends_with(" by file") && !words.contains(['<', '&']);
    HTML.contains(&html) || summary.is_some_and(counted)
}

/// The first character after which a forge would find a mention, a reference or a link.
fn broken(text: &str) -> Option<&str> {
    let lower = text.to_lowercase();
    let opens = |at: usize, sign: char| {
        let rest = &lower[at + sign.len_utf8()..];
        rest.starts_with(|next: char| next.is_alphanumeric() || next == '/')
    };
    // Our own: `- 9:3 `, `&lt;`, `&#36;`.
    let ours = |at: usize| lower[..at].ends_with(|before: char| before.is_ascii_digit() || before == '&');
    let sign = lower.char_indices().find(|(at, sign)| match sign {
        '@' | '!' | '~' | '%' => opens(*at, *sign),
        '#' | ':' => opens(*at, *sign) && !ours(*at),
        _ => false,
    });
    let word = ["www.", "://", "gh-1", "]("].into_iter().find(|word| lower.contains(word));
    word.or(sign.map(|_| "sign"))
}

/// Nothing is lost that there was room for.
fn assert_complete(report: &Report<'_>, read: &str) {
    let fits = |line: &&String| line.len() < 500 && report.findings.len() < 20;
    for line in report.findings.iter().flat_map(said).collect::<Vec<_>>().iter().filter(fits) {
        assert!(read.contains(line.trim_end()), "{line:?} in {read:?}");
    }
}
