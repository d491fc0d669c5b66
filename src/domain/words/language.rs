//! The languages that a young person's and a carer's pages are in.

use serde::{Deserialize, Serialize};

/// A language, by its tag (BCP 47).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "en-GB")]
    English,
    #[serde(rename = "cy")]
    Welsh,
    #[serde(rename = "ar")]
    Arabic,
    #[serde(rename = "uk")]
    Ukrainian,
    #[serde(rename = "ti")]
    Tigrinya,
    #[serde(rename = "prs")]
    Dari,
    #[serde(rename = "ps")]
    Pashto,
    #[serde(rename = "ckb")]
    Sorani,
    #[serde(rename = "vi")]
    Vietnamese,
    #[serde(rename = "sq")]
    Albanian,
}

impl Language {
    pub const ALL: [Language; 10] = [
        Language::English,
        Language::Welsh,
        Language::Arabic,
        Language::Ukrainian,
        Language::Tigrinya,
        Language::Dari,
        Language::Pashto,
        Language::Sorani,
        Language::Vietnamese,
        Language::Albanian,
    ];

    /// As a page's `lang` says it.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en-GB",
            Language::Welsh => "cy",
            Language::Arabic => "ar",
            Language::Ukrainian => "uk",
            Language::Tigrinya => "ti",
            Language::Dari => "prs",
            Language::Pashto => "ps",
            Language::Sorani => "ckb",
            Language::Vietnamese => "vi",
            Language::Albanian => "sq",
        }
    }

    pub fn from_tag(tag: &str) -> Option<Self> {
        Language::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// What those who speak it call it.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Welsh => "Cymraeg",
            Language::Arabic => "العربية",
            Language::Ukrainian => "Українська",
            Language::Tigrinya => "ትግርኛ",
            Language::Dari => "دری",
            Language::Pashto => "پښتو",
            Language::Sorani => "کوردیی ناوەندی",
            Language::Vietnamese => "Tiếng Việt",
            Language::Albanian => "Shqip",
        }
    }

    /// What adults call it.
    pub fn in_english(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Welsh => "Welsh",
            Language::Arabic => "Arabic",
            Language::Ukrainian => "Ukrainian",
            Language::Tigrinya => "Tigrinya",
            Language::Dari => "Dari",
            Language::Pashto => "Pashto",
            Language::Sorani => "Kurdish Sorani",
            Language::Vietnamese => "Vietnamese",
            Language::Albanian => "Albanian",
        }
    }

    /// Which way it is written: `ltr` or `rtl`.
    pub fn direction(self) -> &'static str {
        match self {
            Language::Arabic | Language::Dari | Language::Pashto | Language::Sorani => "rtl",
            _ => "ltr",
        }
    }

    /// What stands between two parts of a list, in its own script.
    pub fn comma(self) -> &'static str {
        match self {
            Language::Tigrinya => "፣ ",
            _ if self.direction() == "rtl" => "، ",
            _ => ", ",
        }
    }

    pub fn is_english(&self) -> bool {
        *self == Language::English
    }

    /// Whether somebody who grew up with it has checked Pep's words in it.
    pub fn is_checked(self) -> bool {
        self == Language::English
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_found_by_its_tag() {
        for language in Language::ALL {
            assert_eq!(Language::from_tag(language.tag()), Some(language));
            assert_eq!(serde_json::to_string(&language).unwrap(), format!("\"{}\"", language.tag()));
        }
        assert_eq!(Language::from_tag("xx"), None);
    }

    #[test]
    fn a_list_has_the_comma_of_its_script() {
        let list = |language: Language| ["1", "2"].join(language.comma());
        assert_eq!(
            [Language::English, Language::Ukrainian, Language::Sorani, Language::Tigrinya].map(list),
            ["1, 2", "1, 2", "1، 2", "1፣ 2"]
        );
    }
}
