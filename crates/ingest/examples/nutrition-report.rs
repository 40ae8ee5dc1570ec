//! How far the figures that we compute from ingredient lines are from those that a source states.
//!
//! `nutrition-report --cookrcp COOKRCP01.json --pages FOLDER`, either or both.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use hnh_domain::nutrient::Nutrient;
use hnh_ingest::starter::Starter;
use hnh_nutrition::{Missing, Tables, Written};

/// The nutrients compared, with their names in the Korean table and in schema.org.
const COMPARED: [(Nutrient, &str, &str); 5] = [
    (Nutrient::Energy, "INFO_ENG", "calories"),
    (Nutrient::Protein, "INFO_PRO", "proteinContent"),
    (Nutrient::Fat, "INFO_FAT", "fatContent"),
    (Nutrient::Carbohydrate, "INFO_CAR", "carbohydrateContent"),
    (Nutrient::Sodium, "INFO_NA", "sodiumContent"),
];
/// From this coverage on a recipe counts.
const COVERED: f64 = 0.9;

/// A recipe whose source states figures.
struct Stated {
    name: String,
    lines: String,
    servings: Servings,
    /// As [`COMPARED`] has them; `None` where the source is silent.
    figures: [Option<f64>; 5],
}

/// How many a recipe serves.
enum Servings {
    Number(f64),
    /// Nobody says; a serving weighs so many grams, or the recipe is one.
    Weigh(Option<f64>),
}

impl Servings {
    fn number(&self, lines: &str, tables: &Tables) -> f64 {
        match self {
            Self::Number(number) => *number,
            Self::Weigh(None) => 1.0,
            Self::Weigh(Some(grams)) => {
                let whole =
                    Written::read(lines, 1.0, tables).lines.iter().filter_map(|line| line.grams.ok()).sum::<f64>();
                (whole / grams).round().max(1.0)
            }
        }
    }
}

/// One figure of one recipe.
struct Row {
    name: String,
    stated: f64,
    computed: f64,
    reason: String,
}

impl Row {
    fn error(&self) -> f64 {
        (self.computed - self.stated).abs() / self.stated
    }
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let after = |flag: &str| {
        let at = arguments.iter().position(|argument| argument == flag)?;
        arguments.get(at + 1).map(PathBuf::from)
    };
    let starter = Starter::find(after("--starter").as_deref())?;
    let tables = Tables::new(starter.foods()?, starter.labels()?)?;
    if let Some(file) = after("--cookrcp") {
        report("official figures of Korean recipes (a serving)", &cookrcp(&file)?, &tables);
    }
    if let Some(folder) = after("--pages") {
        report("published figures of recipe pages (a serving)", &pages(&folder)?, &tables);
    }
    Ok(())
}

fn cookrcp(file: &Path) -> Result<Vec<Stated>> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let json: serde_json::Value = serde_json::from_str(&text)?;
    let rows = json.pointer("/COOKRCP01/row").or(Some(&json)).and_then(|rows| rows.as_array());
    let rows = rows.context("there is no list of recipes")?;
    let field = |row: &serde_json::Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    Ok(rows
        .iter()
        .map(|row| Stated {
            name: field(row, "RCP_NM"),
            lines: field(row, "RCP_PARTS_DTLS"),
            servings: Servings::Weigh(field(row, "INFO_WGT").parse().ok()),
            figures: COMPARED.map(|(_, name, _)| field(row, name).parse().ok()),
        })
        .collect())
}

fn pages(folder: &Path) -> Result<Vec<Stated>> {
    let mut stated = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            stated.extend(pages(&path)?);
            continue;
        }
        if path.extension().is_none_or(|ending| ending != "html") {
            continue;
        }
        let Ok(recipe) = hnh_recipe_page::read_bytes(&fs::read(&path)?) else { continue };
        let number = |text: &String| {
            let digits: String = text
                .chars()
                .skip_while(|c| !c.is_ascii_digit())
                .take_while(|c| c.is_ascii_digit() || *c == '.')
                .collect();
            digits.parse::<f64>().ok()
        };
        let Some(servings) = recipe.servings.as_ref().and_then(number).filter(|servings| *servings > 0.0) else {
            continue;
        };
        stated.push(Stated {
            name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            lines: recipe.ingredients.join("\n"),
            servings: Servings::Number(servings),
            figures: COMPARED.map(|(_, _, name)| recipe.nutrition.get(name).and_then(number)),
        });
    }
    Ok(stated)
}

fn report(title: &str, recipes: &[Stated], tables: &Tables) {
    let mut rows: [Vec<Row>; 5] = Default::default();
    let (mut lines, mut found, mut weighed, mut counted) = (0, 0, 0, 0);
    for stated in recipes {
        let recipe = Written::read(&stated.lines, stated.servings.number(&stated.lines, tables), tables);
        lines += recipe.lines.len();
        found += recipe.lines.iter().filter(|line| line.key.is_some()).count();
        weighed += recipe.lines.iter().filter(|line| line.missing().is_none()).count();
        let silent = recipe.lines.iter().filter(|line| line.missing().is_some_and(|why| why != Missing::Quantity));
        let silent: Vec<&str> = silent.map(|line| line.name()).collect();
        // Of the weight that is known; a line without a weight counts as an average one.
        let share = 1.0 - silent.len() as f64 / recipe.lines.len().max(1) as f64;
        if share < COVERED {
            continue;
        }
        counted += 1;
        let figures = recipe.figures();
        for ((rows, (nutrient, ..)), figure) in rows.iter_mut().zip(COMPARED).zip(stated.figures) {
            let Some(figure) = figure.filter(|figure| *figure > 0.0) else { continue };
            let computed = figures[&nutrient].per_serving;
            let heaviest = recipe.lines.iter().max_by(|a, b| part(a, nutrient).total_cmp(&part(b, nutrient)));
            let most =
                heaviest.map(|line| format!("most from {} ({:.0} g)", line.text, line.grams.unwrap_or_default()));
            let missing =
                if silent.is_empty() { String::new() } else { format!("; not counted: {}", silent.join(", ")) };
            let reason = format!("{}{missing}", most.unwrap_or_default());
            rows.push(Row { name: stated.name.clone(), stated: figure, computed, reason });
        }
    }
    println!("# {title}");
    let percent = |part: usize| 100.0 * part as f64 / lines.max(1) as f64;
    println!(
        "{} recipes, {lines} lines: food found {:.1} %, weight and figures {:.1} %",
        recipes.len(),
        percent(found),
        percent(weighed)
    );
    println!("{counted} recipes have at least {:.0} % of their lines counted; of those:", COVERED * 100.0);
    for (rows, (nutrient, ..)) in rows.iter_mut().zip(COMPARED) {
        rows.sort_by(|a, b| a.error().total_cmp(&b.error()));
        let at = |share: f64| rows.get((rows.len() as f64 * share) as usize).map_or(0.0, |row| row.error() * 100.0);
        println!(
            "{:<14} n {:>4}  median error {:>6.1} %  90th percentile {:>7.1} %",
            nutrient.code(),
            rows.len(),
            at(0.5),
            at(0.9)
        );
    }
    println!("the twenty worst by energy:");
    for row in rows[0].iter().rev().take(20) {
        println!("  {}: stated {:.0}, computed {:.0}; {}", row.name, row.stated, row.computed, row.reason);
    }
    println!();
}

/// What a line adds of a nutrient.
fn part(line: &hnh_nutrition::Line<'_>, nutrient: Nutrient) -> f64 {
    let amount = line.food.and_then(|food| food.nutrients.get(nutrient)).unwrap_or_default();
    f64::from(amount) * line.grams.unwrap_or_default()
}
