//! `hnh-server admin`: what only an operator does.

use anyhow::{Result, anyhow};
use clap::{Args, Subcommand};
use hnh_domain::account::{Handle, Role};
use uuid::Uuid;

use crate::account;
use crate::app::{App, system_clock};
use crate::config::Config;
use crate::feeds::begin_epoch;

/// What an operator does.
#[derive(Args)]
pub struct Admin {
    #[command(flatten)]
    config: Box<Config>,
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Subcommand)]
enum Deed {
    /// Make a person a member, moderator or admin
    Role {
        /// The person's handle
        #[arg(value_parser = parse::<Handle>)]
        handle: Handle,
        /// member, moderator or admin
        #[arg(value_parser = parse::<Role>)]
        role: Role,
    },
    /// Have all devices begin their feeds anew, after the database was restored by other means than `restore`; start the servers
    /// after it
    NewEpoch,
    /// Delete an account with all that is the person's
    Delete {
        /// The person's handle
        #[arg(value_parser = parse::<Handle>)]
        handle: Handle,
    },
}

fn parse<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| error.to_string())
}

impl Admin {
    /// Does it.
    ///
    /// # Errors
    /// When nobody has the handle, or as the database.
    pub fn run(self) -> Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let app = App::open(&self.config, system_clock).await?;
            match self.deed {
                Deed::Role { handle, role } => {
                    let changed = account::set_role(&app.db, &handle, role).await;
                    changed.map_err(|refusal| anyhow!("@{handle}: {}", refusal.problem()))?;
                    println!("@{handle} is {role}");
                }
                Deed::NewEpoch => {
                    begin_epoch(&app.db).await?;
                    println!("devices begin anew");
                }
                Deed::Delete { handle } => {
                    let sql = "SELECT id FROM person WHERE handle = $1";
                    let found = app.db.read().await?.fetch_optional::<(Uuid,)>(sql, [handle.as_str().into()]).await?;
                    let (id,) = found.ok_or_else(|| anyhow!("@{handle}: there is no such person"))?;
                    let deleted = account::delete_person(&app, id).await;
                    deleted.map_err(|refusal| anyhow!("@{handle}: {}", refusal.problem()))?;
                    println!("@{handle} is deleted");
                }
            }
            Ok(())
        })
    }
}
