//! Fields that say the same from either end: `supersedes` on the later instrument, `superseded-by` on the earlier.

use super::kinds::{FieldId, Schema};

impl Schema {
    /// Finds the fields that say the same from either end: each leads to what may write the other, and is its inverse.
    pub(super) fn pair(&mut self) {
        let writes = |from: FieldId, to: FieldId| {
            let mut kinds = self.kind_ids().filter(|kind| self.kind(*kind).fields.contains(&to));
            self.field(from).holds.kinds().is_some_and(|allowed| kinds.any(|kind| self.allows(allowed, kind)))
        };
        let is_inverse = |one: FieldId, other: FieldId| {
            self.field(one).inverse.as_ref() == Some(&self.field(other).name) && one != other && writes(one, other)
        };
        let pairs: Vec<(FieldId, FieldId)> = self
            .field_ids()
            .filter(|one| self.field(*one).inverse.is_some())
            .filter_map(|one| {
                let other = self.field_ids().find(|other| is_inverse(one, *other) && is_inverse(*other, one))?;
                Some((one, other))
            })
            .collect();
        for (one, other) in pairs {
            self.fields[usize::from(one.0)].counterpart = Some(other);
        }
    }
}
