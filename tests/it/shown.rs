//! Everything that a document shows is read: the letters are those that renderers of other projects show.

mod dom;

use recte::evidence::{DocumentFormat, UnitKinds};
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

#[derive(Deserialize)]
struct Example {
    section: String,
    markdown: String,
    html: String,
}

/// The letters of a text, in their order; `¹` is `1`.
fn letters(text: &str) -> String {
    text.nfkc().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The same in the order of the alphabet, for what another renderer shows in another place.
fn sorted(text: &str) -> String {
    let mut all: Vec<char> = letters(text).chars().collect();
    all.sort_unstable();
    all.into_iter().collect()
}

fn read(text: &str, format: DocumentFormat) -> String {
    let prose = format.read(text, &UnitKinds::default()).unwrap();
    let words: Vec<&str> = (0..prose.paragraphs.len()).map(|number| prose.words(number)).collect();
    assert_eq!(letters(&words.join(" ")), letters(&prose.text), "every word stands in a paragraph: {text:?}");
    prose.text
}

#[test]
fn the_examples_of_commonmark_are_read_as_they_are_shown() {
    let examples = std::fs::read_to_string("tests/cases/commonmark/examples.json").unwrap();
    let examples: Vec<Example> = serde_json::from_str(&examples).unwrap();
    assert_eq!(examples.len(), 652);
    let mut wrong = Vec::new();
    let mut count = 0;
    for example in &examples {
        let expected = letters(&dom::shown(&example.html));
        let found = letters(&read(&example.markdown, DocumentFormat::Markdown));
        count += expected.chars().count();
        if found != expected {
            wrong.push(format!("{}: {:?}\n  shown {expected}\n  read  {found}", example.section, example.markdown));
        }
    }
    assert!(wrong.is_empty(), "{} of {}, {count} letters:\n{}", wrong.len(), examples.len(), wrong.join("\n"));
}

/// A source of numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const MARKDOWN: &[&str] = &[
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    " ",
    " ",
    "word",
    "Party",
    "act",
    "5",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "``",
    "[",
    "]",
    "](x)",
    "![",
    "](y \"t\")",
    "<b>x</b>",
    "x<br>",
    "a <span hidden>",
    "x</span>",
    "a <!-- no -->",
    "\n\n<div>\n",
    "\n</div>\n\n",
    "\n\n<p hidden>no</p>\n\n",
    "&amp;",
    "&auml;",
    "&#65;",
    "\\*",
    "\\",
    "\n# ",
    "\n## ",
    "\n\n> quoted ",
    "\n\n- item ",
    "\n- item ",
    "\n\n1. item ",
    "\n1. item ",
    "\n\n7) item ",
    "\n\n    code ",
    "\n```\n",
    "\n---\n",
    "\n===\n",
    "\n***\n",
    "\n+++\n",
    "\n\n|a|b|\n|-|-|\n|c|d|\n\n",
    "  \n",
    "\\\n",
    "<https://a.bc/d>",
    "é",
    "条",
    "x^2",
    "A. ",
    "\n\n[ref]: /url 'title'\n\n",
    "[ref]",
    "\t",
    "|",
    "\"",
    "\n  ",
    "\n\n<script>no()</script>\n\n",
    "a <i hidden>no</i>",
];

#[test]
fn random_markdown_is_read_as_another_renderer_shows_it() {
    let mut dice = Dice(1);
    let mut options = markdown::Options::gfm();
    options.compile.allow_dangerous_html = true;
    options.compile.gfm_tagfilter = false;
    options.parse.constructs.gfm_autolink_literal = false;
    options.parse.constructs.gfm_task_list_item = false;
    options.parse.constructs.gfm_footnote_definition = false;
    options.parse.constructs.gfm_label_start_footnote = false;
    let (mut wrong, mut count, mut panics) = (Vec::new(), 0, 0);
    for _ in 0..20_000 {
        let document: String = (0..=dice.below(24)).map(|_| dice.pick(MARKDOWN)).collect();
        // The other renderer has mistakes of its own.
        let Ok(html) = catch_unwind(AssertUnwindSafe(|| markdown::to_html_with_options(&document, &options).unwrap()))
        else {
            panics += 1;
            continue;
        };
        let expected = letters(&dom::shown(&html));
        let found = letters(&read(&document, DocumentFormat::Markdown));
        count += expected.chars().count();
        if found != expected {
            wrong.push(format!("{document:?}\n  shown {expected}\n  read  {found}"));
        }
    }
    wrong.sort_by_key(String::len);
    assert!(panics < 200, "{panics}");
    // The two parsers do not take every text for the same Markdown.
    assert!(
        wrong.len() <= 2,
        "{} of 20000, {count} letters:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(25)].join("\n")
    );
}

#[test]
fn footnotes_are_read_as_another_renderer_shows_them() {
    let mut options = markdown::Options::gfm();
    options.compile.gfm_footnote_label = Some(String::new());
    for document in [
        "A[^x] and B[^long name].\n\n[^x]: The note.\n",
        "A[^b], B[^a], C.\n\n[^a]: First.\n\n[^b]: Second, *marked*.\n\n    And on.\n\nD.",
        "A.\n\n[^y]: Nobody refers to it.\n\nB.",
    ] {
        let shown = dom::shown(&markdown::to_html_with_options(document, &options).unwrap()).replace('↩', "");
        assert_eq!(sorted(&read(document, DocumentFormat::Markdown)), sorted(&shown), "{document:?}");
    }
}

const HTML: &[&str] = &[
    "a",
    "bc",
    "D",
    "é",
    " ",
    "\n",
    "&amp;",
    "&auml",
    "&copy2;",
    "&#66;",
    "<",
    "<p>",
    "</p>",
    "<p hidden>",
    "<div>",
    "</div>",
    "<div hidden>",
    "<span>",
    "</span>",
    "<span hidden>",
    "<b>",
    "</b>",
    "<b hidden>",
    "<i>",
    "</i>",
    "<a href=x>",
    "</a>",
    "<ul>",
    "</ul>",
    "<ol start=3>",
    "</ol>",
    "<li>",
    "</li>",
    "<li hidden>",
    "<h1>",
    "</h1>",
    "<h2 hidden>",
    "</h2>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<td hidden>",
    "<th>",
    "<tbody>",
    "<caption>",
    "</caption>",
    "<br>",
    "<hr>",
    "<img alt=z>",
    "<script>no</script>",
    "<style>no</style>",
    "<!-- no -->",
    "<textarea>no</textarea>",
    "<title>no</title>",
    "<template>no</template>",
    "<button>",
    "</button>",
    "<dl>",
    "<dt>",
    "<dd hidden>",
    "</dl>",
    "<section>",
    "</section>",
    "<blockquote>",
    "</blockquote>",
    "<pre>",
    "</pre>",
    "<del>",
    "</del>",
    "<sup>",
    "</sup>",
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
    "<x-y hidden>",
    "</x-y>",
    "<p style='display:none'>",
    "</body>",
    "</html>",
    "<body>",
    "<head>",
    "</head>",
    "<noscript>no</noscript>",
    "<em>",
    "</em>",
    "<ruby>",
    "<rt>",
    "<rp>",
    "</ruby>",
    "<object>",
    "</object>",
    "<form>",
    "</form>",
    "<code>",
    "</code>",
];

#[test]
fn random_html_is_read_as_another_parser_builds_it() {
    let mut dice = Dice(2);
    let (mut wrong, mut count) = (Vec::new(), 0);
    for _ in 0..20_000 {
        let doctype = ["", "<!doctype html>"][dice.below(2)];
        let page = doctype.to_owned() + &(0..=dice.below(16)).map(|_| dice.pick(HTML)).collect::<String>();
        let expected = sorted(&dom::shown(&page));
        let found = sorted(&read(&page, DocumentFormat::Html));
        count += expected.chars().count();
        if found != expected {
            wrong.push(format!("{page:?}\n  shown {expected}\n  read  {found}"));
        }
    }
    wrong.sort_by_key(String::len);
    // The end of `<b>` may move a block out of a hidden element that began after `<b>`: that is not followed.
    assert!(
        wrong.len() <= 4,
        "{} of 20000, {count} letters:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(25)].join("\n")
    );
}
