//! What browsers know of the elements of HTML by their names: how they are shown, and which end which.

/// What is true of an element, as a set of the constants below.
pub(super) type Traits = u32;

/// It stands in lines of its own.
pub(super) const BLOCK: Traits = 1;
/// What is in it is not shown.
pub(super) const HIDES: Traits = 1 << 1;
/// What is in it is not shown, but for elements that are shown wherever they stand.
pub(super) const HIDES_MOST: Traits = 1 << 2;
/// It is shown within an element that hides most of what is in it.
pub(super) const REVEALS: Traits = 1 << 3;
/// It has no content, and no end.
pub(super) const VOID: Traits = 1 << 4;
/// It marks words, and goes on after the end of a block in which it began.
pub(super) const FORMATS: Traits = 1 << 5;
/// Ends of elements other than itself do not reach through it, if they are not [`SPECIAL`] themselves.
pub(super) const SPECIAL: Traits = 1 << 6;
/// Ends of elements around it do not reach through it.
pub(super) const SCOPE: Traits = 1 << 7;
/// It begins a new list of elements that mark words.
pub(super) const MARKER: Traits = 1 << 8;
/// It ends a paragraph that is open.
pub(super) const ENDS_PARAGRAPH: Traits = 1 << 9;
/// It ends a drawing or a formula in which it cannot stand.
pub(super) const BREAKS_OUT: Traits = 1 << 10;
/// It holds a drawing or a formula, in which other elements are known.
pub(super) const FOREIGN: Traits = 1 << 11;
/// It holds ordinary elements within a drawing or a formula.
pub(super) const INTEGRATES: Traits = 1 << 12;
/// It may stand in the head of a page.
pub(super) const IN_HEAD: Traits = 1 << 13;
/// Nothing but its own end ends it: tags within it are text.
pub(super) const RAW: Traits = 1 << 14;
/// It is a part of a table.
pub(super) const TABLE_PART: Traits = 1 << 15;
/// It is a heading.
pub(super) const HEADING: Traits = 1 << 16;
/// It is code for machines.
pub(super) const CODE: Traits = 1 << 17;
/// It hides what is in it within a drawing or a formula.
pub(super) const HIDES_IN_FOREIGN: Traits = 1 << 18;
/// Ends of paragraphs do not reach through it.
pub(super) const PARAGRAPH_SCOPE: Traits = 1 << 19;
/// Ends of items of lists do not reach through it.
pub(super) const ITEM_SCOPE: Traits = 1 << 20;
/// It is a list.
pub(super) const LISTS: Traits = 1 << 21;
/// Its end may be left out.
pub(super) const ENDS_BY_ITSELF: Traits = 1 << 22;

/// Each trait with the names of the elements that have it.
const TRAITS: [(Traits, &str); 23] = [
    (
        BLOCK,
        "address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption figure footer \
         foreignobject form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol optgroup option p \
         plaintext pre search section summary table tbody td text tfoot th thead tr ul xmp",
    ),
    (
        HIDES,
        "audio canvas datalist head iframe meter noembed noframes noscript progress rp script style template textarea \
         title video",
    ),
    (HIDES_MOST, "select svg"),
    (REVEALS, "foreignobject option text"),
    (VOID, "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr"),
    (FORMATS, "a b big code em font i nobr s small strike strong tt u"),
    (
        SPECIAL,
        "#footnote address applet article aside blockquote body button caption center colgroup dd details dialog dir div dl dt \
         fieldset figcaption figure footer foreignobject form frameset h1 h2 h3 h4 h5 h6 head header hgroup html iframe li \
         listing main marquee menu nav noembed noframes noscript object ol p plaintext pre script search section select \
         style summary table tbody td template textarea tfoot th thead title tr ul xmp",
    ),
    (SCOPE, "#footnote applet caption foreignobject html marquee object table td template th"),
    (MARKER, "applet caption marquee object td template th"),
    (
        ENDS_PARAGRAPH,
        "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 \
         h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre search section summary table ul xmp",
    ),
    (
        BREAKS_OUT,
        "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta \
         nobr ol p pre ruby s small span strike strong sub sup table tt u ul var",
    ),
    (FOREIGN, "math svg"),
    (INTEGRATES, "desc foreignobject mi mn mo ms mtext title"),
    (IN_HEAD, "base basefont bgsound head html link meta noframes noscript script style template title"),
    (RAW, "iframe noembed noframes noscript plaintext script style textarea title xmp"),
    (TABLE_PART, "caption colgroup tbody td tfoot th thead tr"),
    (HEADING, "h1 h2 h3 h4 h5 h6"),
    (CODE, "script style template"),
    (HIDES_IN_FOREIGN, "annotation annotation-xml desc metadata"),
    (PARAGRAPH_SCOPE, "button"),
    (
        ITEM_SCOPE,
        "applet article aside blockquote body button caption center colgroup details dialog dir dl fieldset figcaption figure \
         footer foreignobject form h1 h2 h3 h4 h5 h6 head header hgroup html iframe listing main marquee menu nav noembed \
         noframes noscript object ol plaintext pre script search section select style summary table tbody td template \
         textarea tfoot th thead title tr ul xmp",
    ),
    (LISTS, "dir menu ol ul"),
    (ENDS_BY_ITSELF, "dd dt li optgroup option p rb rp rt rtc"),
];

/// What is true of the elements of a name.
pub(super) fn traits(name: &str) -> Traits {
    let has = |names: &str| names.split_ascii_whitespace().any(|known| known == name);
    TRAITS.iter().filter(|(_, names)| has(names)).fold(0, |all, (one, _)| all | one)
}

/// The attributes that decide whether an element is shown, and how its items are numbered.
const KNOWN: [&str; 11] =
    ["alt", "data", "display", "hidden", "open", "popover", "reversed", "start", "style", "type", "value"];

/// The attributes of an element, as far as they matter.
#[derive(Debug, Default)]
pub(super) struct Attributes(Vec<(&'static str, String)>);

impl Attributes {
    /// Adds an attribute, if it is one that matters.
    pub(super) fn add(&mut self, name: &str, value: &[u8]) {
        let known = KNOWN.iter().find(|known| **known == name);
        self.0.extend(known.map(|known| (*known, String::from_utf8_lossy(value).into_owned())));
    }

    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// Whether the element says of itself that it is not shown. What is shown when a reader opens it is shown.
    pub(super) fn hide(&self, name: &str, is_foreign: bool) -> bool {
        let display = self.style("display");
        let by_attribute = self.get("hidden").is_some_and(|how| !how.eq_ignore_ascii_case("until-found"));
        match display.as_deref() {
            Some("none") => true,
            Some("inherit" | "initial" | "revert" | "unset") | None => {
                by_attribute
                    || self.get("popover").is_some()
                    || name == "dialog" && self.get("open").is_none()
                    || name == "object" && self.get("data").is_some()
                    || is_foreign && self.get("display").is_some_and(|how| how.trim() == "none")
            }
            Some(_) => name == "object" && self.get("data").is_some(),
        }
    }

    /// Whether the element says that its words are visible, or that they are not.
    pub(super) fn visible(&self) -> Option<bool> {
        match self.style("visibility")?.as_str() {
            "hidden" | "collapse" => Some(false),
            "visible" => Some(true),
            _ => None,
        }
    }

    /// What the style of the element says last of a property, in small letters.
    fn style(&self, property: &str) -> Option<String> {
        let mut style = self.get("style")?.to_ascii_lowercase();
        while let Some((before, comment)) = style.split_once("/*") {
            let after = comment.split_once("*/").map_or("", |(_, after)| after);
            style = format!("{before} {after}");
        }
        let values = style.split(';').filter_map(|one| one.split_once(':')).filter(|(name, _)| name.trim() == property);
        let mut words = values.map(|(_, value)| value.split('!').next().unwrap_or(value).trim());
        words.rfind(|word| is_known(property, word)).map(str::to_owned)
    }
}

/// Whether a browser knows a value of a property; it passes over what it does not know.
fn is_known(property: &str, word: &str) -> bool {
    let displays = [
        "none",
        "block",
        "inline",
        "contents",
        "flex",
        "grid",
        "flow-root",
        "list-item",
        "inherit",
        "initial",
        "revert",
        "unset",
        "run-in",
        "ruby",
    ];
    property != "display" || displays.contains(&word) || word.starts_with("inline-") || word.starts_with("table")
}
