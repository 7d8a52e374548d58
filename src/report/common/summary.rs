//! What a run looked at, what came of it, and what it did not show.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::diagnostic::Severity;

/// What a run looked at, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The files that were read.
    pub files: usize,
    /// The claims they hold.
    pub claims: usize,
    /// The rules that ran.
    pub rules: usize,
    /// The errors among the findings.
    pub errors: usize,
    /// The warnings among the findings.
    pub warnings: usize,
    /// The findings that are only worth knowing.
    pub infos: usize,
    /// The findings that are not in the report, by what hides them.
    pub hidden: BTreeMap<Hidden, usize>,
    /// What the findings weigh that lie outside the files that were asked for.
    pub elsewhere: BTreeMap<Severity, usize>,
    /// Whether only some rules, or some severities, were asked for.
    pub is_filtered: bool,
    /// Whether the claims were read from standard input, where no fix can be applied.
    pub is_unsaved: bool,
    /// What the settings of the project take out of the check, in the order of places.
    pub withheld: Vec<Withheld>,
    /// The entries of the baseline that hold no finding any more; none when there is no baseline.
    pub stale: Option<usize>,
    /// The findings that were fixed before this report, and the files that were written for it.
    pub fixed: Option<(usize, usize)>,
    /// How long it took, when that is to be said.
    pub elapsed: Option<Duration>,
}

/// Something that the settings of the project take out of the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// What sort of thing it is.
    pub what: WithheldKind,
    /// Which: the code and the name of a rule, or the pattern of files.
    pub name: String,
    /// The file that says so, by its path beneath the project.
    pub path: String,
    /// The line there, from 1.
    pub line: u32,
}

/// What can be taken out of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WithheldKind {
    /// A rule that is off.
    Rule,
    /// A rule that weighs less than it does by itself.
    Lowered,
    /// Files that are excluded.
    Files,
    /// A rule that weighs otherwise, or nothing, in some files.
    Override,
    /// Files whose names end almost as those of claims files do.
    Misnamed,
}

/// What hides a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hidden {
    /// An `allow` in a claims file.
    Allow,
    /// An `[[override]]` in the configuration.
    Override,
    /// The baseline on record.
    Baseline,
    /// The level of its rule: `off`, or beneath what was asked for.
    Level,
    /// Its place, which lies outside the files that were asked for.
    Elsewhere,
}

impl Summary {
    /// How many findings weigh that much.
    pub fn of(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
            Severity::Info => self.infos,
        }
    }
}

impl WithheldKind {
    /// All that can be taken out, in the order in which it is told.
    pub const ALL: [WithheldKind; 5] = [
        WithheldKind::Rule,
        WithheldKind::Lowered,
        WithheldKind::Files,
        WithheldKind::Override,
        WithheldKind::Misnamed,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            WithheldKind::Rule => "rule",
            WithheldKind::Lowered => "lowered",
            WithheldKind::Files => "files",
            WithheldKind::Override => "override",
            WithheldKind::Misnamed => "misnamed",
        }
    }

    /// What the settings do to it.
    pub(crate) fn phrase(self) -> &'static str {
        match self {
            WithheldKind::Rule => "off in the settings",
            WithheldKind::Lowered => "lowered in the settings",
            WithheldKind::Files => "excluded in the settings",
            WithheldKind::Override => "different in some files",
            WithheldKind::Misnamed => "not read, because the name does not end in `.claims`",
        }
    }
}

impl Hidden {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Hidden::Allow => "allow",
            Hidden::Override => "override",
            Hidden::Baseline => "baseline",
            Hidden::Level => "level",
            Hidden::Elsewhere => "elsewhere",
        }
    }

    /// What it did to the findings it hides.
    pub(crate) fn phrase(self) -> &'static str {
        match self {
            Hidden::Allow => "allowed in the claims",
            Hidden::Override => "overridden in the configuration",
            Hidden::Baseline => "in the baseline",
            Hidden::Level => "off by level",
            Hidden::Elsewhere => "outside the selected files",
        }
    }
}
