//! Commands that read standard input and print JSON, for scripts and for checking by eye.

mod hours;
mod ingredients;
mod recipe;
mod recipe_page;

use clap::Subcommand;

/// The tools; each reads standard input.
#[derive(Subcommand)]
pub enum Tool {
    /// Opening hours, one value a line, to a string of states: 1 open, 0 closed, u unknown
    Hours(hours::Args),
    /// Ingredient lines to what they say: amount, unit, name, preparation; one JSON object a line
    Ingredients(ingredients::Args),
    /// A recipe's ingredient lines to its nutrients, allergens and diets, as JSON
    Recipe(recipe::Args),
    /// A saved recipe page (HTML) to its recipe
    RecipePage,
}

impl Tool {
    /// Runs the tool to the end of standard input.
    ///
    /// # Errors
    /// When standard input cannot be read or standard output cannot be written.
    pub fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Hours(args) => hours::run(&args),
            Self::Ingredients(args) => ingredients::run(&args),
            Self::Recipe(args) => recipe::run(&args),
            Self::RecipePage => recipe_page::run(),
        }
    }
}
