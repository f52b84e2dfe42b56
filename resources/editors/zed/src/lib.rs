use zed_extension_api::{self as zed, Command, Extension, LanguageServerId, Result, Worktree};

struct Nuages;

impl Extension for Nuages {
    fn new() -> Self {
        Nuages
    }

    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let command = worktree
            .which("nuages")
            .ok_or("nuages is not in the PATH: install it, then run `editor: restart language server`")?;
        Ok(Command {
            command,
            args: vec!["serve".into()],
            env: worktree.shell_env(), // with the VIRTUAL_ENV of the project
        })
    }
}

zed::register_extension!(Nuages);
