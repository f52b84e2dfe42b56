;;; nuages in Emacs 30, for init.el: serves the templates of each project with a manage.py.  -*- lexical-binding: t -*-
(require 'eglot)
(add-to-list 'project-vc-extra-root-markers "manage.py")
(add-to-list 'eglot-server-programs
             '(((html-mode :language-id "htmldjango") (web-mode :language-id "htmldjango")) . ("nuages" "serve")))
(add-hook 'html-mode-hook #'eglot-ensure)
(add-hook 'web-mode-hook #'eglot-ensure)
