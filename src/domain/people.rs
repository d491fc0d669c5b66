//! The people round a plan, and what each is to a child.

use super::calendar::Day;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Declares an id: a UUID in its usual spelling, never a name or a number that
/// someone could guess or read a child out of.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(uuid::Uuid);

        impl $name {
            pub fn new(id: uuid::Uuid) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                uuid::Uuid::try_parse(text).map(Self).map_err(|_| "That address isn't complete".to_string())
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }
    };
}

id!(
    /// An adult who signs in.
    PersonId
);
id!(
    /// A child or young person.
    ChildId
);
id!(
    /// One plan: one child, one term.
    PlanId
);
id!(
    /// One answer that a young person shared.
    AnswerId
);
id!(
    /// One card that opens a young person's own page.
    CardId
);
id!(
    /// One row of a table in a section, such as one target.
    RowId
);
id!(
    /// One drawing, recording or photo.
    MediaId
);
id!(
    /// One line of the Pupil Premium Plus ledger.
    LineId
);
id!(
    /// What is kept beside a plan, such as one change, one step or one signature.
    RecordId
);

/// What a person is to a child.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    YoungPerson,
    Carer,
    DesignatedTeacher,
    SocialWorker,
    VirtualSchool,
    Administrator,
}

impl Role {
    pub const ALL: [Role; 6] = [
        Role::YoungPerson,
        Role::Carer,
        Role::DesignatedTeacher,
        Role::SocialWorker,
        Role::VirtualSchool,
        Role::Administrator,
    ];

    /// The name in the database and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Role::YoungPerson => "young-person",
            Role::Carer => "carer",
            Role::DesignatedTeacher => "designated-teacher",
            Role::SocialWorker => "social-worker",
            Role::VirtualSchool => "virtual-school",
            Role::Administrator => "administrator",
        }
    }

    /// The words on the page.
    pub fn words(self) -> &'static str {
        match self {
            Role::YoungPerson => "young person",
            Role::Carer => "carer",
            Role::DesignatedTeacher => "designated teacher",
            Role::SocialWorker => "social worker",
            Role::VirtualSchool => "virtual school",
            Role::Administrator => "administrator",
        }
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Role::ALL.into_iter().find(|role| role.id() == text).ok_or_else(|| {
            let known: Vec<_> = Role::ALL.iter().map(|role| role.id()).collect();
            format!("{text} is not a role. Use one of: {}", known.join(", "))
        })
    }
}

/// A person's relationship to a child, with its dates: where every right comes from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Relationship {
    pub child: ChildId,
    pub role: Role,
    pub since: Day,
    /// The last day on which it holds; none while it lasts.
    pub until: Option<Day>,
}

impl Relationship {
    pub fn holds_on(&self, day: Day) -> bool {
        self.since <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// Someone as others in the team see them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TeamMember {
    pub id: PersonId,
    pub name: String,
    pub role: Role,
}
