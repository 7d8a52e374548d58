//! Names and sentences, so that titles and quotations differ as those of real claims do.

const CONSONANTS: [&str; 10] = ["b", "d", "f", "k", "l", "m", "n", "r", "t", "v"];
const VOWELS: [&str; 4] = ["a", "e", "i", "o"];

/// What the sentences of a kind of statement say: the words before its name, and those after it.
const SENTENCES: [(&str, [&str; 2]); 7] = [
    (
        "obligation",
        ["The parties shall maintain the facilities of", "in good order, at all times and at their own cost"],
    ),
    ("prohibition", ["The parties shall not transfer the installations at", "to anybody else, in whole or in part"]),
    (
        "permission",
        ["The parties may use the harbours and the airfields of", "for the time for which the treaty is in force"],
    ),
    ("power", ["The parties may terminate the lease of the grounds at", "by a notice in writing of twelve months"]),
    ("fact", ["The harbour and the railway of", "were built in the years after the treaty was signed there"]),
    ("assessment", ["The region around", "is closely tied to the peace and the prosperity of its neighbours"]),
    (
        "intent",
        ["The parties intend to build a common warehouse at", "with the means that both of them set aside for it"],
    ),
];

/// How every sentence ends.
const SETTLED: &str = "as it was settled in the minutes that were read and signed at the meeting";

/// A name of four syllables, another one for each number below two and a half million.
pub(super) fn name(number: usize) -> String {
    let mut name = String::new();
    let mut rest = number;
    for _ in 0..4 {
        name.push_str(CONSONANTS[rest % 10]);
        name.push_str(VOWELS[rest / 10 % 4]);
        rest /= 40;
    }
    name[..1].to_uppercase() + &name[1..]
}

/// A sentence that a statement of a kind can quote, without its full stop.
pub(super) fn sentence(kind: &str, number: usize) -> String {
    let words = SENTENCES.iter().find(|(known, _)| *known == kind).map_or(SENTENCES[4].1, |(_, words)| *words);
    format!("{} {} {}, {SETTLED}", words[0], name(number), words[1])
}
