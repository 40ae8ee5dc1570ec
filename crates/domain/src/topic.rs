//! What the interface may have to show anew.

use strum::{EnumString, IntoStaticStr};

/// Something that changed: told without the news, which whoever shows it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Topic {
    /// Who is signed in, or their profile.
    Account,
    /// Areas that are kept.
    Areas,
    /// Posts and comments.
    Board,
    /// What members say of places.
    Contributions,
    /// Own recipes.
    Cookbook,
    /// Favourites.
    Favourites,
    /// The plan of meals.
    MealPlan,
    /// Notices.
    Notices,
    /// Whether the server answers.
    Online,
    /// Photos that wait to be sent.
    Photos,
    /// Rooms, messages, who is there and who types.
    Rooms,
    /// Shopping lists.
    Shopping,
    /// What waits to be sent, or for the person.
    Sync,
}

impl Topic {
    /// The name by which hosts carry it.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_reads_as_it_is_written() {
        for topic in [Topic::Account, Topic::Favourites, Topic::Sync] {
            assert_eq!(topic.code().parse(), Ok(topic));
        }
    }
}
