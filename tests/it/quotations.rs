//! Quotations and the documents that they are taken from: a table of cases, mistakes made by a machine, and a slow matcher
//! written from the language's own description, with which the fast one has to agree.

mod reference;

use recte::evidence::{Document, DocumentFormat, MatchQuality, QuotationVerdict, UnitKinds};
use serde::Deserialize;

use crate::support::{Random, repository};

/// No search in these tests is given up.
const LIMIT: u64 = u64::MAX;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    document: Vec<Sheet>,
}

/// One document with what is quoted from it, each with how it stands there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    about: String,
    #[serde(default = "text")]
    format: String,
    text: String,
    quotes: Vec<(String, String)>,
}

fn text() -> String {
    "txt".to_owned()
}

#[test]
fn quotations_stand_as_the_table_says() {
    let table = std::fs::read_to_string(repository().join("tests/cases/quotations.toml")).unwrap();
    let table: Table = toml::from_str(&table).unwrap();
    let (mut wrong, mut rows) = (Vec::new(), 0);
    for sheet in &table.document {
        let document = document(&sheet.text, DocumentFormat::named(&sheet.format).unwrap());
        let quotes: Vec<&str> = sheet.quotes.iter().map(|(quote, _)| quote.as_str()).collect();
        for ((quote, verdict), standing) in sheet.quotes.iter().zip(document.find(&quotes, LIMIT)) {
            rows += 1;
            let found = word(&standing);
            if found != verdict {
                wrong.push(format!("{}: {quote:?} is {found}, not {verdict}", sheet.about));
            }
        }
    }
    println!("{rows} rows");
    assert!(rows >= 300, "{rows}");
    assert_eq!(wrong, Vec::<String>::new());
}

/// Words that a machine puts into quotations.
const OTHERS: [&str; 8] = ["not", "never", "shall", "may", "5", "Parties", "the", "only"];

/// No quotation in which a word was put in, left out, changed or denied may stand in its document; the same words set in
/// another way must.
#[test]
fn no_mistake_of_a_word_is_accepted() {
    let mut random = Random(11);
    let (mut right, mut mistaken, mut wrong) = (0, 0, Vec::new());
    for name in ["claims/us-japan/significance.txt", "claims/reader-data/policy.txt"] {
        let text = std::fs::read_to_string(repository().join(name)).unwrap();
        let document = document(&text, DocumentFormat::Text);
        let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for paragraph in text.split("\n\n") {
            let words: Vec<&str> = paragraph.split_whitespace().collect();
            for _ in 0..words.len() {
                let length = 4 + random.below(12);
                let start = random.below(words.len());
                let taken = &words[start..(start + length).min(words.len())];
                let as_set = setting(taken, &mut random);
                right += 1;
                if !matches!(&document.find(&[&as_set], LIMIT)[0], QuotationVerdict::Found(_)) {
                    wrong.push(format!("refused: {as_set}"));
                }
                let mistake = mistake(taken, &mut random);
                // A mistake may make words of another place of the text.
                if !squeezed.contains(&mistake) {
                    mistaken += 1;
                    if matches!(&document.find(&[&mistake], LIMIT)[0], QuotationVerdict::Found(_)) {
                        wrong.push(format!("accepted: {mistake}"));
                    }
                }
            }
        }
    }
    println!("{right} copies and {mistaken} mistakes");
    assert!(right > 1000 && mistaken > 1000, "{right} {mistaken}");
    assert_eq!(wrong, Vec::<String>::new());
}

/// The same words with other line breaks, quotation marks, soft hyphens and ligatures.
fn setting(words: &[&str], random: &mut Random) -> String {
    let mut text = String::new();
    for (number, word) in words.iter().enumerate() {
        if number > 0 {
            text.push_str([" ", "\n  ", "\u{a0}", "\t"][random.below(4)]);
        }
        let word = match random.below(6) {
            0 => word.replace('’', "'"),
            1 => word.replace("fi", "ﬁ").replace("ff", "ﬀ"),
            2 => word.chars().flat_map(|letter| ['\u{ad}', letter]).skip(1).collect(),
            _ => (*word).to_owned(),
        };
        text.push_str(&word);
    }
    text
}

/// The words with one put in, left out, changed or written otherwise.
fn mistake(words: &[&str], random: &mut Random) -> String {
    let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let at = random.below(words.len());
    let other = OTHERS[random.below(OTHERS.len())].to_owned();
    match random.below(5) {
        0 => words.insert(at, other),
        1 if words.len() > 2 && at > 0 && at + 1 < words.len() => drop(words.remove(at)),
        2 => words[at] = other,
        3 => words[at] = words[at].chars().rev().collect(),
        _ => words[at].insert(0, 'x'),
    }
    words.join(" ")
}

/// Pieces of which random documents are made.
const PIECES: [&str; 36] = [
    "a", "ab", "abc", "not", "5", "10", "km", "b", " ", " ", " ", "\n", "-", "-\n", ",", ". ", "\n\n", "\n\n", ".\n\n",
    "’", "'", "\u{ad}", "²", "[1]", "[", "]", "\\", "\\", "日", "本", "本 ", "é", "e\u{301}", "ﬁ", "fi", "%",
];

#[test]
fn the_fast_matcher_agrees_with_the_slow_one() {
    let tries = std::env::var("RECTE_QUOTATIONS").ok().and_then(|tries| tries.parse().ok()).unwrap_or(40_000);
    let mut random = Random(5);
    let (mut found, mut over_breaks, mut wrong) = (0, 0, Vec::new());
    for _ in 0..tries {
        let pieces: Vec<&str> = (0..2 + random.below(12)).map(|_| PIECES[random.below(PIECES.len())]).collect();
        let text = pieces.concat();
        let quotation = quoted(&pieces, &mut random);
        // Where one hyphen, or one mark of a note, follows on another beyond a line or what nobody sees, any of them may be
        // the one that is meant.
        let bare = |text: &str| text.replace('\u{ad}', "-").split_whitespace().collect::<String>();
        let twice = |text: &str| ["--", "²-²"].iter().any(|two| bare(text).contains(two) || text.contains(two));
        let is_blank = |line: &str| !line.is_empty() && line.trim().is_empty();
        if twice(&text) || twice(&quotation) || text.lines().any(is_blank) {
            continue;
        }
        let (document, paragraphs) = as_document(&text, &mut random);
        let fast = match &document.find(&[&quotation], LIMIT)[0] {
            QuotationVerdict::Found(found) => found.places.len(),
            QuotationVerdict::Absent | QuotationVerdict::Unusable(_) => 0,
            QuotationVerdict::GivenUp => usize::MAX,
        };
        let slow = reference::places(&quotation, &paragraphs);
        over_breaks += usize::from(
            slow > 0 && !paragraphs.iter().any(|one| reference::places(&quotation, std::slice::from_ref(one)) > 0),
        );
        found += usize::from(slow > 0);
        if (fast > 0) != (slow > 0) || fast != slow && !quotation.contains('…') {
            wrong.push(format!("{quotation:?} in {paragraphs:?}: {fast}, slowly {slow}"));
        }
    }
    println!("{tries} pairs, {found} found, {over_breaks} over breaks, {} differ", wrong.len());
    assert!(found > tries / 8 && over_breaks > tries / 100, "{found} {over_breaks}");
    wrong.truncate(10);
    assert_eq!(wrong, Vec::<String>::new());
}

/// The same text as plain text, or as a page whose paragraphs are some of them headings; and its paragraphs, each with
/// whether it is a heading.
fn as_document(text: &str, random: &mut Random) -> (Document, Vec<(bool, String)>) {
    let words = text.split("\n\n").map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned);
    if random.below(3) == 0 {
        let document = document(text, DocumentFormat::Text);
        let is_heading = document.prose.paragraphs.iter().map(|paragraph| paragraph.is_heading());
        let paragraphs = is_heading.zip(words).collect();
        return (document, paragraphs);
    }
    let paragraphs: Vec<(bool, String)> = words.map(|words| (random.below(4) == 0, words)).collect();
    let element = |(is_heading, words): &(bool, String)| {
        let name = if *is_heading { "h2" } else { ["p", "li", "td"][words.len() % 3] };
        format!("<{name}>{words}</{name}>\n")
    };
    (document(&paragraphs.iter().map(element).collect::<String>(), DocumentFormat::Html), paragraphs)
}

/// A run of the pieces, quoted with more or less care.
fn quoted(pieces: &[&str], random: &mut Random) -> String {
    let start = random.below(pieces.len());
    let mut taken: Vec<String> = pieces[start..].iter().map(|piece| (*piece).to_owned()).collect();
    taken.truncate(1 + random.below(taken.len()));
    // A bracket of the source is not one of the quoter.
    taken.iter_mut().for_each(|piece| *piece = escaped(piece).replace("\n\n", " "));
    let at = random.below(taken.len());
    match random.below(10) {
        0 => taken[at] = "…".to_owned(),
        1 => taken.insert(at, "[ab]".to_owned()),
        2 => taken[at] = escaped(PIECES[random.below(PIECES.len())]),
        3 => drop(taken.remove(at)),
        4 => taken[at] = taken[at].replace('’', "'").replace("-\n", "-").replace('ﬁ', "fi"),
        5 => taken[at] = taken[at].replace("-\n", "").replace("\n", " "),
        6 if taken[at].len() > 1 && taken[at].is_ascii() && taken[at].starts_with(char::is_alphabetic) => {
            let other = taken[at][..1].to_uppercase();
            taken[at] = format!("[{other}]{}", &taken[at][1..]);
        }
        _ => {}
    }
    taken.concat()
}

fn escaped(words: &str) -> String {
    words.replace('[', "\\[").replace(']', "\\]")
}

fn document(text: &str, format: DocumentFormat) -> Document {
    Document::new(format.read(text, &UnitKinds::default()).unwrap())
}

/// How a quotation stands, in a word of the table.
fn word(standing: &QuotationVerdict) -> &'static str {
    match standing {
        QuotationVerdict::Found(found) if found.places.len() > 1 => "ambiguous",
        QuotationVerdict::Found(found) => match found.manner {
            MatchQuality::Exact => "exact",
            MatchQuality::Normalised => "normalised",
            MatchQuality::Bracketed => "bracketed",
            MatchQuality::Elided => "elided",
        },
        QuotationVerdict::Absent => "no",
        QuotationVerdict::Unusable(_) => "unusable",
        QuotationVerdict::GivenUp => "given up",
    }
}
