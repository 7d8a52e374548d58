//! The nearest names to one that was not found, for "did you mean".

use strsim::osa_distance;

use super::numerals::roman;

/// How many candidates are compared before suggestions are given up, over one `Nearest`.
///
/// A file with 100,000 unknown names must not cost 100,000 searches through 100,000 ids.
const BUDGET: usize = 500_000;

/// Shorter names are near to too many others, longer ones cost too much to compare (in characters).
const SHORTEST: usize = 3;
const LONGEST: usize = 200;

/// Finds near names, within a budget that bounds the work on hostile input.
#[derive(Debug)]
pub struct Nearest {
    budget: usize,
}

impl Default for Nearest {
    fn default() -> Nearest {
        Nearest { budget: BUDGET }
    }
}

impl Nearest {
    /// At most `count` candidates near to `name`, each once, the nearest first, ties in the order given.
    ///
    /// Near means an optimal string alignment distance (Damerau, 1964, where no part is edited twice) of at most a third of
    /// the longer name's characters (at least one; a name of two characters has no neighbours), or the same last path segment.
    /// What has other numbers in it is another thing, and never near.
    ///
    /// ```
    /// use recte::text::Nearest;
    ///
    /// let known = ["treaty/5", "treaty/6", "protocol"];
    /// assert_eq!(Nearest::default().find("treatty/5", known, 3), ["treaty/5"]);
    /// ```
    pub fn find<'a>(
        &mut self,
        name: &str,
        candidates: impl IntoIterator<Item = &'a str>,
        count: usize,
    ) -> Vec<&'a str> {
        let sought = QueryName::new(name);
        let mut near: Vec<(usize, &str)> = Vec::with_capacity(count + 1);
        for candidate in candidates {
            let Some(left) = self.budget.checked_sub(1) else { break };
            self.budget = left;
            // Most names of a long list differ in their figures; that is seen at once.
            if !figures(name).eq(figures(candidate)) {
                continue;
            }
            // What is no nearer than all that were found is not offered: most need not be compared letter by letter.
            let below = if near.len() < count { usize::MAX } else { near.last().map_or(0, |(distance, _)| *distance) };
            let Some(distance) = sought.distance(candidate, below) else { continue };
            if !same_numbers(name, candidate) {
                continue;
            }
            if near.iter().all(|(_, known)| *known != candidate) {
                let at = near.partition_point(|(known, _)| *known <= distance);
                near.insert(at, (distance, candidate));
                near.truncate(count);
            }
        }
        near.into_iter().map(|(_, candidate)| candidate).collect()
    }
}

/// A name whose neighbours are looked for.
struct QueryName<'a> {
    name: &'a str,
    /// In small letters.
    lower: String,
    /// How many characters it has.
    length: usize,
    /// How often it has each letter of ASCII, if it has no others.
    letters: Option<[u8; 128]>,
}

impl<'a> QueryName<'a> {
    fn new(name: &'a str) -> QueryName<'a> {
        let (lower, length) = (name.to_lowercase(), name.chars().count());
        let letters = (lower.is_ascii() && length <= LONGEST).then(|| {
            let mut letters = [0; 128];
            lower.bytes().for_each(|letter| letters[usize::from(letter)] += 1);
            letters
        });
        QueryName { name, lower, length, letters }
    }

    /// How far a name is apart, if it is near at all and nearer than `below`.
    fn distance(&self, candidate: &str, below: usize) -> Option<usize> {
        let length = if candidate.is_ascii() { candidate.len() } else { candidate.chars().count() };
        let longer = self.length.max(length);
        let limit = (longer / 3).max(1);
        let bound = below.min(limit + 1);
        let comparable = self.length >= SHORTEST && longer <= LONGEST && self.length.abs_diff(length) < bound;
        if comparable && self.may_be_below(bound, candidate) {
            let distance = osa_distance(&self.lower, &candidate.to_lowercase());
            if distance <= limit {
                return Some(distance).filter(|distance| *distance < below);
            }
        }
        (limit + 1 < below && ends_alike(self.name, candidate)).then_some(limit + 1)
    }

    /// Whether a name may be nearer than `bound`: not if the one has so many letters that the other lacks, which is the bag
    /// distance of Bartolini, Ciaccia and Patella (2002) seen from one side.
    fn may_be_below(&self, bound: usize, candidate: &str) -> bool {
        let Some(mut left) = self.letters.filter(|_| candidate.is_ascii()) else { return true };
        let mut lacking = 0;
        for letter in candidate.bytes() {
            match &mut left[usize::from(letter.to_ascii_lowercase())] {
                0 => lacking += 1,
                left => *left -= 1,
            }
            if lacking == bound {
                return false;
            }
        }
        self.length - (candidate.len() - lacking) < bound
    }
}

/// Whether two paths have the same last segment; a number says nothing without the words before it.
fn ends_alike(name: &str, candidate: &str) -> bool {
    let last = last_segment(name);
    last == last_segment(candidate) && (number(last).is_none() || !name.contains('/'))
}

/// The figures of a name.
fn figures(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(u8::is_ascii_digit)
}

/// Whether two names have the same numbers in them: figures with what follows them, Roman numerals, single letters.
fn same_numbers(name: &str, candidate: &str) -> bool {
    let numbers = |name: &'_ str| -> Vec<String> {
        name.split(|next: char| !next.is_alphanumeric()).filter_map(number).map(str::to_lowercase).collect()
    };
    numbers(name) == numbers(candidate)
}

/// What of a segment tells one of a row from the others: `5a`, `iv`, `b`.
fn number(segment: &str) -> Option<&str> {
    let figure = segment.find(|next: char| next.is_numeric()).map(|at| &segment[at..]);
    figure.or_else(|| (segment.chars().count() == 1 || roman(&segment.to_lowercase()).is_some()).then_some(segment))
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// "did you mean `a`?", "did you mean `a` or `b`?", or nothing when nothing is near.
pub fn did_you_mean(near: &[&str]) -> Option<String> {
    let names: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
    let (last, first) = names.split_last()?;
    Some(match first {
        [] => format!("did you mean {last}?"),
        _ => format!("did you mean {} or {last}?", first.join(", ")),
    })
}

#[cfg(test)]
mod tests {
    use strsim::osa_distance;

    use super::{LONGEST, Nearest, SHORTEST, ends_alike, same_numbers};

    /// What [`Nearest::find`] says, found without leaving anything out.
    fn plainly<'a>(name: &str, candidates: &[&'a str], count: usize) -> Vec<&'a str> {
        let distance = |candidate: &str| {
            let (a, b) = (name.chars().count(), candidate.chars().count());
            let limit = (a.max(b) / 3).max(1);
            let is_comparable = a >= SHORTEST && a.max(b) <= LONGEST && a.abs_diff(b) <= limit;
            let distance = osa_distance(&name.to_lowercase(), &candidate.to_lowercase());
            let same_end = ends_alike(name, candidate);
            if is_comparable && distance <= limit { Some(distance) } else { same_end.then_some(limit + 1) }
        };
        let mut near: Vec<(usize, &str)> = Vec::new();
        for candidate in candidates {
            let is_new = same_numbers(name, candidate) && near.iter().all(|(_, known)| known != candidate);
            let distance = distance(candidate).filter(|_| is_new);
            near.extend(distance.map(|distance| (distance, *candidate)));
        }
        near.sort_by_key(|(distance, _)| *distance);
        near.into_iter().take(count).map(|(_, candidate)| candidate).collect()
    }

    #[test]
    fn another_number_is_never_near() {
        let near = |name, candidate| Nearest::default().find(name, [candidate], 1).len() == 1;
        for (name, other) in [
            ("agreement/3", "agreement/1"),
            ("lease/12", "lease/1"),
            ("treaty/VI", "treaty/IV"),
            ("annex-b/scope", "annex-a/scope"),
            ("article-5a", "article-5b"),
            ("treaty/3", "lease/3"),
            ("CL9999", "CL0909"),
        ] {
            assert!(!near(name, other), "{name} {other}");
        }
        for (name, meant) in
            [("lowlnd", "lowland"), ("agrement/3", "agreement/3"), ("3", "treaty/3"), ("tretay/VI", "treaty/VI")]
        {
            assert!(near(name, meant), "{name} {meant}");
        }
    }

    #[test]
    fn what_is_left_out_is_not_nearer() {
        let syllables = ["ar", "ra", "t", "T", "É", "-", "6", "/b", "x/"];
        let names: Vec<String> = (0..syllables.len().pow(4))
            .step_by(7)
            .map(|number| (0..4).map(|at| syllables[number / syllables.len().pow(at) % syllables.len()]).collect())
            .collect();
        let candidates: Vec<&str> = names.iter().map(String::as_str).collect();
        for name in candidates.iter().step_by(11) {
            for count in [1, 3] {
                let some: Vec<&str> = candidates.iter().copied().skip(name.len()).step_by(1 + count).collect();
                assert_eq!(
                    Nearest::default().find(name, some.iter().copied(), count),
                    plainly(name, &some, count),
                    "{name}"
                );
            }
        }
    }
}
