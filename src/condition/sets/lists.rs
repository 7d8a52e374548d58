//! One list of symbols for each row of a table: what a set of a condition is, for many rows at once.

use hashbrown::HashSet;

use super::dictionary::Symbol;

/// Lists no longer than this are searched from one end to the other; longer ones are hashed.
const SHORT: usize = 16;

/// A list for each row, all in one run of memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    /// Where the list of each row ends.
    ends: Vec<u32>,
    values: Vec<Symbol>,
}

impl Lists {
    /// A list with one symbol for each row.
    pub(super) fn of_one_each(values: Vec<Symbol>) -> Lists {
        Lists { ends: (1..=values.len() as u32).collect(), values }
    }

    /// An empty list for each row.
    pub(super) fn of_none(rows: usize) -> Lists {
        Lists { ends: vec![0; rows], values: Vec::new() }
    }

    /// The number of rows.
    pub(super) fn rows(&self) -> usize {
        self.ends.len()
    }

    /// All lists, one after the other.
    pub(super) fn values(&self) -> &[Symbol] {
        &self.values
    }

    /// The list of a row.
    pub(super) fn row(&self, row: usize) -> &[Symbol] {
        &self.values[self.start(row)..self.ends[row] as usize]
    }

    pub(super) fn first(&self, row: usize) -> Option<Symbol> {
        self.row(row).first().copied()
    }

    /// The lists in the order of their rows.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[Symbol]> {
        (0..self.rows()).map(|row| self.row(row))
    }

    /// The row of each symbol of [`Lists::values`].
    pub(super) fn parents(&self) -> Vec<u32> {
        let mut parents = Vec::with_capacity(self.values.len());
        for row in 0..self.rows() {
            parents.resize(self.ends[row] as usize, row as u32);
        }
        parents
    }

    /// Adds a symbol to the list of the row that is being written.
    pub(super) fn push(&mut self, value: Symbol) {
        self.values.push(value);
    }

    /// Adds symbols to the list of the row that is being written.
    pub(super) fn extend(&mut self, values: &[Symbol]) {
        self.values.extend_from_slice(values);
    }

    /// Ends the list of a row, as it is; its length.
    pub(super) fn end(&mut self) -> usize {
        let start = self.ends.last().map_or(0, |end| *end as usize);
        self.ends.push(self.values.len() as u32);
        self.values.len() - start
    }

    /// Ends the list of a row and keeps the first of equal symbols; how many there were before.
    pub(super) fn end_distinct(&mut self) -> usize {
        let start = self.ends.last().map_or(0, |end| *end as usize);
        let met = self.values.len() - start;
        keep_first(&mut self.values, start);
        self.end();
        met
    }

    /// Ends the list of a row in the order of its symbols, each once.
    pub(super) fn end_sorted(&mut self) {
        let start = self.ends.last().map_or(0, |end| *end as usize);
        if !self.values[start..].is_sorted_by(|a, b| a < b) {
            let mut list = self.values.split_off(start);
            list.sort_unstable();
            list.dedup();
            self.values.extend(list);
        }
        self.end();
    }

    /// The symbols for which a mask says yes, each in its row.
    pub(super) fn retained(&self, keep: &[bool]) -> Lists {
        let mut kept = Lists::default();
        for row in 0..self.rows() {
            let keep = &keep[self.start(row)..];
            kept.values.extend(self.row(row).iter().zip(keep).filter(|(_, keep)| **keep).map(|(value, _)| *value));
            kept.end();
        }
        kept
    }

    fn start(&self, row: usize) -> usize {
        row.checked_sub(1).map_or(0, |before| self.ends[before] as usize)
    }
}

/// Keeps the first of equal symbols from a place on.
fn keep_first(values: &mut Vec<Symbol>, start: usize) {
    let count = values.len() - start;
    if count <= 1 {
        return;
    }
    let mut kept = start;
    if count <= SHORT {
        for at in start..values.len() {
            if !values[start..kept].contains(&values[at]) {
                values[kept] = values[at];
                kept += 1;
            }
        }
    } else {
        let mut seen = HashSet::with_capacity(count);
        for at in start..values.len() {
            if seen.insert(values[at]) {
                values[kept] = values[at];
                kept += 1;
            }
        }
    }
    values.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::Lists;

    #[test]
    fn the_first_of_equals_is_kept_in_short_lists_and_in_long_ones() {
        for copies in [1_u32, 20] {
            let mut lists = Lists::default();
            lists.push(9);
            lists.end();
            (0..copies).for_each(|_| lists.extend(&[3, 1, 3, 2]));
            lists.end_distinct();
            assert_eq!(lists.row(0), [9]);
            assert_eq!(lists.row(1), [3, 1, 2]);
            assert_eq!(lists.parents(), [0, 1, 1, 1]);
            assert_eq!(lists.retained(&[false, true, false, true]).row(1), [3, 2]);
        }
    }
}
