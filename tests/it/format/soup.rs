//! Random files, always the same ones: what is laid out is laid out for good and says what it said.

use super::laid_out;
use crate::support::Random;

/// What any mixture is made of.
const SCRAPS: &[&str] = &[
    "actor",
    "japan",
    "日本",
    "namespace",
    "until",
    "name:",
    "目的:",
    ":",
    ",",
    "/",
    "..",
    ".5",
    "1960",
    "-3",
    "{",
    "}",
    "{ }",
    "\"a text\"",
    "\"two\nlines\"",
    "\"日本\"",
    "\"",
    "# c\n",
    "# d  \r\n",
    "#\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "\u{3000}",
    "\u{feff}",
    "\\",
    "\u{ad}",
];

/// What stands between the words of a file: most of it harmless, some of it anywhere.
const GAPS: &[&str] = &[
    " ",
    " ",
    " ",
    " ",
    " ",
    "\n",
    "\n",
    "\n\n",
    "\n \n\n",
    " # c\n",
    "\n# d\n",
    "\n\n# 日本 \n\n",
    "\r\n",
    "\t",
    "#\r",
];

/// A file that is valid, word by word with any gaps between.
struct Valid {
    random: Random,
    gaps: &'static [&'static str],
    out: String,
}

impl Valid {
    fn word(&mut self, word: &str) {
        self.out.push_str(word);
        let gap = self.random.pick(self.gaps);
        self.out.push_str(gap);
    }

    fn file(&mut self) {
        if self.random.chance(4) {
            self.out.push('\u{feff}');
        }
        if self.random.chance(2) {
            self.word("namespace");
            self.path();
        }
        for _ in 0..self.random.below(5) {
            self.block(0);
        }
    }

    fn block(&mut self, depth: usize) {
        self.name();
        let form = self.random.below(3);
        if form < 2 {
            self.name();
        }
        if form > 0 {
            self.text();
        }
        if form == 0 || self.random.chance(2) {
            self.body(depth);
        }
    }

    fn body(&mut self, depth: usize) {
        self.word("{");
        for _ in 0..self.random.below(4) {
            if depth < 3 && self.random.chance(4) {
                self.block(depth + 1);
            } else {
                self.field();
            }
        }
        self.word("}");
    }

    fn field(&mut self) {
        self.name();
        self.word(":");
        for _ in 0..self.random.below(5) {
            self.value();
            self.word(",");
        }
        self.value();
    }

    fn value(&mut self) {
        match self.random.below(7) {
            0 | 1 => self.path(),
            2 => self.text(),
            3 => self.word("-2.5"),
            4 => {
                self.word("1960-06-23");
                self.word("..");
                self.word("1970");
            }
            5 => {
                self.path();
                self.text();
            }
            _ => {
                self.path();
                self.text();
                self.word("until");
                self.word("2026");
            }
        }
    }

    fn name(&mut self) {
        let name =
            self.random.pick(&["japan ", "far-east ", "日本の目的 ", "a ", "what-is-named-here-is-long-on-purpose "]);
        self.word(name);
    }

    fn path(&mut self) {
        self.name();
        if self.random.chance(2) {
            self.word("/");
            self.name();
        }
    }

    fn text(&mut self) {
        let text = self.random.pick(&[
            "\"t\" ",
            "\"two\n lines\" ",
            "\"two\r\nlines\" ",
            "\"日本の平和と安全の維持\" ",
            "\"# none \\\" {\" ",
        ]);
        self.word(text);
    }
}

#[test]
fn valid_files_keep_what_they_say() {
    for seed in 1..=3_000 {
        let gaps = if seed % 3 == 0 { &GAPS[..5] } else { GAPS };
        let mut valid =
            Valid { random: Random(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed)), gaps, out: String::new() };
        valid.file();
        assert!(laid_out(&valid.out).is_some(), "this file is valid: {:?}", valid.out);
    }
}

#[test]
fn any_mixture_is_laid_out_for_good_or_left_alone() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut fine = 0;
    for _ in 0..30_000 {
        let scraps: Vec<&str> = (0..random.below(10)).map(|_| random.pick(SCRAPS)).collect();
        fine += usize::from(laid_out(&scraps.concat()).is_some());
    }
    assert!(fine > 3_000, "{fine} mixtures were valid");
}

#[test]
fn a_corpus_with_gaps_anywhere_keeps_what_it_says() {
    let text =
        std::fs::read_to_string(crate::support::repository().join("claims/us-japan/instruments.claims")).unwrap();
    let mut random = Random(7);
    for _ in 0..300 {
        let at: Vec<usize> = (0..3).map(|_| random.below(text.len())).collect();
        let gap = random.pick(GAPS);
        let mut changed = String::new();
        for (byte, character) in text.char_indices() {
            changed.push_str(if at.contains(&byte) { gap } else { "" });
            changed.push(character);
        }
        laid_out(&changed);
    }
}
