# Completes the command nuages in fish. tests/share holds it against what the program's --help says.

function __nuages_rules
    nuages rule 2>/dev/null | string replace --regex '^(\S+)\s+\S+\s+' '$1\t'
end

complete -c nuages -f
complete -c nuages -n __fish_use_subcommand -a check -d 'Report mistakes in templates'
complete -c nuages -n __fish_use_subcommand -a demo -d 'Play one edit in memory and say why each query ran'
complete -c nuages -n __fish_use_subcommand -a diff -d 'Play edits in memory and say how two revisions differ'
complete -c nuages -n __fish_use_subcommand -a facts -d 'Print what is known of a project'
complete -c nuages -n __fish_use_subcommand -a ledger -d 'Play edits in memory and say what the work for them was spent on'
complete -c nuages -n __fish_use_subcommand -a rule -d 'List the rules, or explain one'
complete -c nuages -n __fish_use_subcommand -a serve -d 'Run the language server for an editor'
complete -c nuages -n __fish_use_subcommand -a whatif -d 'Say what would run if a file were edited'
complete -c nuages -n __fish_use_subcommand -a why -d 'Play an edit in memory and say why a query ran, or did not'
complete -c nuages -s h -l help -d 'Print what can be asked for'
complete -c nuages -n __fish_use_subcommand -l version -d 'Print the version'

complete -c nuages -n '__fish_seen_subcommand_from check facts whatif why' -F
complete -c nuages -n '__fish_seen_subcommand_from check diff facts ledger whatif why' -l project -x -a '(__fish_complete_directories)' -d 'Root of the project'
complete -c nuages -n '__fish_seen_subcommand_from check diff facts ledger whatif why' -l settings -x -d 'Settings module'
complete -c nuages -n '__fish_seen_subcommand_from check diff facts ledger whatif why' -l site-packages -x -a '(__fish_complete_directories)' -d 'Folder of installed packages'
complete -c nuages -n '__fish_seen_subcommand_from check' -l format -x -a 'concise full json github gitlab junit sarif' -d 'How findings are printed'
complete -c nuages -n '__fish_seen_subcommand_from check' -l color -x -a 'auto always never' -d 'When to colour'
complete -c nuages -n '__fish_seen_subcommand_from check' -l select -x -a '(__nuages_rules)' -d 'Judge by this rule'
complete -c nuages -n '__fish_seen_subcommand_from check' -l ignore -x -a '(__nuages_rules)' -d 'Leave out what this rule finds'
complete -c nuages -n '__fish_seen_subcommand_from check' -l fail-on-open -d 'Fail too if something is not judged'
complete -c nuages -n '__fish_seen_subcommand_from check' -l allow-empty -d 'It is no mistake if there is no template'
complete -c nuages -n '__fish_seen_subcommand_from check' -l fail-on -x -a 'error warning information hint' -d 'Least severity that makes the exit status 1'
complete -c nuages -n '__fish_seen_subcommand_from check' -l stdin-filename -r -F -d 'Check the text on stdin as if it stood in this file'
complete -c nuages -n '__fish_seen_subcommand_from check demo' -l threads -x -d 'How many threads work'

complete -c nuages -n '__fish_seen_subcommand_from demo' -a '(__fish_complete_directories)'
complete -c nuages -n '__fish_seen_subcommand_from demo' -l template -r -F -d 'Template to edit'
complete -c nuages -n '__fish_seen_subcommand_from demo' -l insert -x -d 'What is added at its end'

complete -c nuages -n '__fish_seen_subcommand_from facts' -l format -x -a 'text json' -d 'How facts are printed'

complete -c nuages -n '__fish_seen_subcommand_from diff ledger whatif' -l first -r -F -d 'In a file, put a text in the place of another, before the edit'
complete -c nuages -n '__fish_seen_subcommand_from ledger' -l revision -x -d 'What was done in this revision'
complete -c nuages -n '__fish_seen_subcommand_from ledger' -l format -x -a 'text json' -d 'How it is printed'
complete -c nuages -n '__fish_seen_subcommand_from diff' -l all -d 'Name all that differs'
complete -c nuages -n '__fish_seen_subcommand_from ledger' -l all -d 'Print all rows of each table'

complete -c nuages -n '__fish_seen_subcommand_from rule' -a '(__nuages_rules)'

complete -c nuages -n '__fish_seen_subcommand_from serve' -l stdio -d 'Speak over standard input and output'
complete -c nuages -n '__fish_seen_subcommand_from serve' -l pipe -r -F -d 'Connect to this local socket'
complete -c nuages -n '__fish_seen_subcommand_from serve' -l socket -x -d 'Connect to this port of the local machine'
complete -c nuages -n '__fish_seen_subcommand_from serve' -l clientProcessId -x -a '(__fish_complete_pids)' -d 'End when this process ends'
complete -c nuages -n '__fish_seen_subcommand_from serve' -l trace -r -F -d 'Write what the engine does to this file'
complete -c nuages -n '__fish_seen_subcommand_from serve' -l no-inspect -d 'Do not let nuages-inspector look at this server'

complete -c nuages -n '__fish_seen_subcommand_from diff ledger whatif why' -l edit -r -F -d 'In a file, put a text in the place of another'
complete -c nuages -n '__fish_seen_subcommand_from diff ledger why' -l stdin-filename -r -F -d 'The text on stdin takes the place of this file\'s'
complete -c nuages -n '__fish_seen_subcommand_from whatif' -l all -d 'Name all queries that may run'
complete -c nuages -n '__fish_seen_subcommand_from why' -l all -d 'Explain every end of the change'
complete -c nuages -n '__fish_seen_subcommand_from diff ledger whatif why' -l no-times -d 'Print no durations'
