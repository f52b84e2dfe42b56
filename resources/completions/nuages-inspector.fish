# Completes the command nuages-inspector in fish. tests/share holds it against what the program's --help says.

complete -c nuages-inspector -x -a '(__fish_complete_directories)'
complete -c nuages-inspector -s h -l help -d 'Print what can be asked for'
complete -c nuages-inspector -l version -d 'Print the version'
complete -c nuages-inspector -l script -r -F -d 'Play the steps of this file'
complete -c nuages-inspector -l dump-state -r -F -d 'Write what the window shows then, and end'
complete -c nuages-inspector -l screenshot -r -F -d 'Write a picture of the window then, and end'
complete -c nuages-inspector -l theme -x -a 'light dark' -d 'Colours of the window'
complete -c nuages-inspector -l width -x -d 'Width of the window'
complete -c nuages-inspector -l height -x -d 'Height of the window'
complete -c nuages-inspector -l made-times -d 'Show times that are the same on every run'
