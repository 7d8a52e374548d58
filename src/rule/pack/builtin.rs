//! The rule packs that ship with the program.

/// Name and text of each built-in pack, in the order in which they are loaded.
pub const BUILTIN_PACKS: &[(&str, &str)] = &[
    ("recte:structure.toml", include_str!("../../../rules/structure.toml")),
    ("recte:syntax.toml", include_str!("../../../rules/syntax.toml")),
    ("recte:files.toml", include_str!("../../../rules/files.toml")),
    ("recte:citation.toml", include_str!("../../../rules/citation.toml")),
    ("recte:purpose.toml", include_str!("../../../rules/purpose.toml")),
    ("recte:scope.toml", include_str!("../../../rules/scope.toml")),
    ("recte:parties.toml", include_str!("../../../rules/parties.toml")),
    ("recte:deontic.toml", include_str!("../../../rules/deontic.toml")),
    ("recte:reasoning.toml", include_str!("../../../rules/reasoning.toml")),
    ("recte:time.toml", include_str!("../../../rules/time.toml")),
    ("recte:quotes.toml", include_str!("../../../rules/quotes.toml")),
    ("recte:attribution.toml", include_str!("../../../rules/attribution.toml")),
    ("recte:terms.toml", include_str!("../../../rules/terms.toml")),
    ("recte:style.toml", include_str!("../../../rules/style.toml")),
    ("recte:exceptions.toml", include_str!("../../../rules/exceptions.toml")),
    ("recte:rules.toml", include_str!("../../../rules/rules.toml")),
    ("recte:configuration.toml", include_str!("../../../rules/configuration.toml")),
];
