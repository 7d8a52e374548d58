//! Why a document could not be read although its bytes are there, and what helps.

use std::fmt;

/// Why the words of a document are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentFault {
    /// XML that is not well-formed: no element ends, or begins, on this line as it must.
    NotWellFormed(usize),
    /// XML whose elements stand in one another deeper than the limit, on this line.
    TooDeep(usize),
    /// A Word document that asks for a password.
    Encrypted,
    /// A Word document of the years before 2007.
    OldWord,
    /// No Word document.
    NotWord,
    /// A Word document of which a part is damaged.
    Damaged,
    /// A packed document that has more in it than the limit allows.
    TooMuchPacked,
}

/// Elements stand in one another no deeper than this.
pub(super) const DEEPEST: usize = 256;

impl fmt::Display for DocumentFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DocumentFault::NotWellFormed(line) => write!(formatter, "is not well-formed XML: see line {line}"),
            DocumentFault::TooDeep(line) => {
                write!(formatter, "nests XML elements more than {DEEPEST} levels deep, on line {line}")
            }
            DocumentFault::Encrypted => formatter.write_str("is encrypted"),
            DocumentFault::OldWord => formatter.write_str("is in the binary format of Word 97 to 2003 (.doc)"),
            DocumentFault::NotWord => formatter.write_str("is not a Word document (.docx)"),
            DocumentFault::Damaged => formatter.write_str("is a damaged Word document"),
            DocumentFault::TooMuchPacked => formatter.write_str("unpacks to more than recte reads of one document"),
        }
    }
}

impl DocumentFault {
    /// What helps.
    pub fn help(self) -> &'static str {
        match self {
            DocumentFault::NotWellFormed(_) => "correct the XML, or download the document again",
            DocumentFault::TooDeep(_) => "simplify the document, or convert it to text",
            DocumentFault::Encrypted => "remove the password in Word, and save the document as .docx",
            DocumentFault::OldWord => "save the document as .docx in Word or LibreOffice",
            DocumentFault::NotWord => "set `format` to the format of the file, or save the document as .docx in Word",
            DocumentFault::Damaged => "open the document in Word, let Word repair it, and save it",
            DocumentFault::TooMuchPacked => "save the document again without its pictures, or convert it to text",
        }
    }
}
