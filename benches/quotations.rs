//! How fast quotations are found in their documents: `cargo bench --bench quotations`. Figures are the fastest of some runs.

mod clock;

use std::time::Duration;

use clock::fastest;
use recte::evidence::{Document, DocumentFormat, Nearby, QuotationVerdict, StepBudget, UnitKinds};

/// How many quotations are looked for, in how many bytes.
const QUOTATIONS: usize = 10_000;
const BYTES: usize = 10_000_000;

/// How many quotations that do not stand there are likened to what does.
const MISSED: usize = 200;

/// Words of which the documents are made: the fewer there are, the more places look alike.
const WORDS: [&str; 40] = [
    "the",
    "Parties",
    "shall",
    "consult",
    "together",
    "from",
    "time",
    "to",
    "time",
    "regarding",
    "implementation",
    "of",
    "this",
    "Treaty",
    "and",
    "at",
    "request",
    "either",
    "Party",
    "whenever",
    "security",
    "Japan",
    "or",
    "international",
    "peace",
    "in",
    "Far",
    "East",
    "is",
    "threatened",
    "facilities",
    "areas",
    "forces",
    "may",
    "not",
    "use",
    "grant",
    "separate",
    "agreement",
    "Article",
];

fn main() {
    for quotations in [QUOTATIONS / 10, QUOTATIONS] {
        for bytes in [BYTES / 10, BYTES] {
            measure(quotations, bytes);
        }
    }
}

fn measure(quotations: usize, bytes: usize) {
    let text = text(bytes);
    let megabytes = text.len() as f64 / 1e6;
    let quoted = quoted(&text, quotations);
    let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
    report(&format!("{quotations} quotations, {megabytes:.1} MB"), Duration::ZERO);
    let read = fastest(|| {
        drop(Document::new(DocumentFormat::Text.read(&text, &UnitKinds::default()).expect("text is always read")))
    });
    report(&format!("  read: {:.0} MB/s", megabytes / read.as_secs_f64()), read);
    let document = Document::new(DocumentFormat::Text.read(&text, &UnitKinds::default()).expect("text is always read"));
    let found = document
        .find(&quoted, u64::MAX)
        .iter()
        .filter(|standing| matches!(standing, QuotationVerdict::Found(_)))
        .count();
    let find = fastest(|| drop(document.find(&quoted, u64::MAX)));
    report(&format!("  find, {found} found: {:.0} MB/s", megabytes / find.as_secs_f64()), find);
    let whole = read + find;
    report(&format!("  read and find: {:.0} MB/s", megabytes / whole.as_secs_f64()), whole);
    let liken = fastest(|| {
        let nearby = Nearby::new(&document.prose);
        let mut steps = StepBudget::new(u64::MAX);
        let missed = quoted.iter().take(MISSED).map(|quotation| format!("{quotation} nowhere"));
        missed.for_each(|quotation| drop(nearby.find(&quotation, &mut steps)));
    });
    report(&format!("  liken {MISSED} that are missed"), liken);
}

/// Numbers that look random, the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// Paragraphs of some sentences, with a number of its own in each so that most passages stand there once.
fn text(bytes: usize) -> String {
    let mut random = Random(7);
    let mut text = String::with_capacity(bytes + 100);
    let mut sentence = 0;
    while text.len() < bytes {
        for _ in 0..8 + random.below(20) {
            text.push_str(WORDS[random.below(WORDS.len())]);
            text.push(if random.below(12) == 0 { '\n' } else { ' ' });
        }
        sentence += 1;
        text.push_str(&format!("under number {sentence}."));
        text.push_str(if sentence % 5 == 0 { "\n\n" } else { " " });
    }
    text
}

/// Passages of the text from anywhere in it; one in ten leaves words out, one in ten has a word too many.
fn quoted(text: &str, count: usize) -> Vec<String> {
    let mut random = Random(9);
    let words: Vec<&str> = text.split(' ').collect();
    let passage = |random: &mut Random| {
        let start = random.below(words.len() - 20);
        let mut taken: Vec<&str> = words[start..start + 6 + random.below(12)].to_vec();
        match random.below(10) {
            0 => taken[3] = "[...]",
            1 => taken.insert(3, "never"),
            _ => {}
        }
        taken.join(" ").replace("\n\n", " ")
    };
    (0..count).map(|_| passage(&mut random)).collect()
}

#[allow(clippy::print_stdout, reason = "a benchmark talks to the person who runs it")]
fn report(what: &str, time: Duration) {
    println!("{what:60} {:>9.1} ms", time.as_secs_f64() * 1e3);
}
