//! The nearest names to one that was not found, for "did you mean".

use strsim::osa_distance;

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
    /// At most `count` candidates near to `name`, the nearest first, ties in the order given.
    ///
    /// Near means an optimal string alignment distance of at most a third of the longer name's
    /// characters (at least one; a name of two characters has no neighbours), or the same last path segment.
    pub fn find<'a>(
        &mut self,
        name: &str,
        candidates: impl IntoIterator<Item = &'a str>,
        count: usize,
    ) -> Vec<&'a str> {
        let mut near: Vec<(usize, &str)> = Vec::new();
        let mut nearest = 0;
        for candidate in candidates {
            let Some(left) = self.budget.checked_sub(1) else { break };
            self.budget = left;
            // Behind so many that are one letter away, only the same name in other letters can be offered.
            if nearest >= count && !is_same(name, candidate) {
                continue;
            }
            if let Some(distance) = distance(name, candidate) {
                nearest += usize::from(distance <= 1);
                near.push((distance, candidate));
            }
        }
        near.sort_by_key(|(distance, _)| *distance);
        near.dedup_by_key(|(_, candidate)| *candidate);
        near.into_iter().take(count).map(|(_, candidate)| candidate).collect()
    }
}

/// Whether two names differ in nothing but capital letters.
fn is_same(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// How far two names are apart, if they are near at all.
fn distance(name: &str, candidate: &str) -> Option<usize> {
    let (a, b) = (name.chars().count(), candidate.chars().count());
    let limit = (a.max(b) / 3).max(1);
    let comparable = a >= SHORTEST && a.max(b) <= LONGEST && a.abs_diff(b) <= limit;
    if comparable {
        let distance = osa_distance(&name.to_lowercase(), &candidate.to_lowercase());
        if distance <= limit {
            return Some(distance);
        }
    }
    (last_segment(name) == last_segment(candidate)).then_some(limit + 1)
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
