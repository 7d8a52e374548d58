//! Makes corpora of any size and several shapes, the same for the same size and shape, and says exactly what is wrong
//! with them.
//!
//! Of N claims there are N/50 scopes, N/20 articles, N/100 actors and up to 500 purposes, about 410 bytes of text to a
//! claim, and one defect of each of seven kinds in a hundred claims. A folder holds `corpus/` (the claims, the documents
//! that they quote, and a `recte.toml` with the seven rules), `all-rules.toml` (for `--config`: every rule),
//! `manifest.tsv` (code, file, line and ids of each finding of the seven), and `facts/` (the same claims as relations,
//! for programs that read no claims). Nothing of a claim is kept once it is written.

mod defects;
mod norm;
mod numbers;
mod output;
mod round;
mod words;
mod world;

use std::io::Result;
use std::path::Path;

use defects::ROUND;
use numbers::Numbers;
use output::{Block, Output};
use round::Round;
use world::{Tree, World};

/// So many claims stand in one document, and in one file where there are many.
const DOCUMENT: usize = 50;

/// So many claims quote one text.
const QUOTING: usize = 1_000;

/// The rules that the manifest knows everything about.
const SEVEN: [&str; 7] = ["CL0001", "CL0002", "CL0101", "CL0201", "CL0203", "CL0401", "CL0501"];

/// What a large corpus needs.
const LIMITS: &str = "[limits]\nfile-size = \"2 GiB\"\nrule-steps = 100000000000\n";

/// How a corpus is laid out.
pub(crate) struct Shape {
    /// What it is called on the command line.
    pub(crate) name: &'static str,
    /// What it is like.
    pub(crate) about: &'static str,
    tree: Tree,
    files: Files,
    reasons: Reasons,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Files {
    One,
    Many,
}

/// Which claims a claim may rest on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reasons {
    /// Those before it in its document.
    Near,
    /// All before it; every round is a namespace.
    Far,
}

/// Every shape.
pub(crate) const SHAPES: [Shape; 4] = [
    Shape {
        name: "one",
        about: "one file; reasons stay within documents of 50 claims",
        tree: Tree::Bushy,
        files: Files::One,
        reasons: Reasons::Near,
    },
    Shape {
        name: "files",
        about: "the same in files of 50 claims",
        tree: Tree::Bushy,
        files: Files::Many,
        reasons: Reasons::Near,
    },
    Shape {
        name: "deep",
        about: "ten times the scopes, in chains of up to 1,000",
        tree: Tree::Deep,
        files: Files::One,
        reasons: Reasons::Near,
    },
    Shape {
        name: "across",
        about: "files of 50 claims, two to a namespace; reasons anywhere before, circles across files",
        tree: Tree::Bushy,
        files: Files::Many,
        reasons: Reasons::Far,
    },
];

impl Shape {
    /// The id of a claim with its namespace.
    fn id(&self, claim: usize) -> String {
        match self.reasons {
            Reasons::Near => format!("claim-{claim}"),
            Reasons::Far => format!("part-{}/claim-{claim}", claim / ROUND),
        }
    }

    /// The first claim that a claim may rest on.
    fn first_reason(&self, claim: usize) -> usize {
        match self.reasons {
            Reasons::Near => claim / DOCUMENT * DOCUMENT,
            Reasons::Far => 0,
        }
    }

    /// The place in a round before which its circle of reasons lies.
    fn circle_within(&self) -> usize {
        match self.reasons {
            Reasons::Near => DOCUMENT,
            Reasons::Far => ROUND,
        }
    }

    /// Begins another document, in a file of its own if there are many.
    fn turn(&self, document: usize, output: &mut Output) -> Result<()> {
        let round = document * DOCUMENT / ROUND;
        let namespace = match self.reasons {
            Reasons::Near => String::new(),
            Reasons::Far => format!("part-{round}"),
        };
        match self.files {
            Files::One => Ok(()),
            Files::Many => output.turn_to(&format!("{:03}/document-{document}.claims", document / 200), &namespace),
        }
    }
}

/// Writes a corpus of so many claims, in full hundreds, into a folder.
///
/// # Errors
///
/// What the file system says.
pub(crate) fn write(claims: usize, shape: &Shape, folder: &Path) -> Result<()> {
    let rounds = claims.div_ceil(ROUND).max(1);
    let claims = rounds * ROUND;
    let mut numbers = Numbers::new();
    let world = World::new(claims, shape.tree, &mut numbers);
    let mut output = Output::new(folder, "corpus.claims")?;
    let levels: String = SEVEN.iter().map(|code| format!("{code} = \"error\"\n")).collect();
    output.beside("corpus/recte.toml", &format!("[rules]\nall = \"off\"\n{levels}\n{LIMITS}"))?;
    output.beside("all-rules.toml", LIMITS)?;
    for text in 0..claims.div_ceil(QUOTING) {
        source(text, &mut output)?;
    }
    world.write(&mut output)?;
    for action in (0..world.actions).map(|action| format!("act-{action}")).chain(meetings(rounds)) {
        output.write(&format!("action {action}"))?;
        output.declare(&action, "action")?;
    }
    output.write("")?;
    for number in 0..rounds {
        let mut round = Round::draw(number, shape, &world, &mut numbers);
        for place in 0..ROUND {
            if place.is_multiple_of(DOCUMENT) {
                shape.turn((number * ROUND + place) / DOCUMENT, &mut output)?;
            }
            round.claim(place, &mut output, &mut numbers)?;
        }
        round.close(&mut output)?;
    }
    output.finish()
}

/// The actions over which pairs of norms meet.
fn meetings(rounds: usize) -> impl Iterator<Item = String> {
    (0..rounds).flat_map(|round| [format!("clash-{round}"), format!("yield-{round}")])
}

fn source(text: usize, output: &mut Output) -> Result<()> {
    let fields = vec![("path", vec![format!("\"texts/text-{text}.txt\"")]), ("language", vec!["en".to_owned()])];
    let title = format!("Report of {}", words::name(text));
    output.block(&Block { kind: "source", id: format!("text-{text}"), title, fields, quote: None }).map(drop)
}
