;;; nuages in Emacs 30, for init.el: serves the templates of each Django project.  -*- lexical-binding: t -*-
(require 'eglot)

(defun nuages-project ()
  "The folder of the project that this file lies in: one with manage.py, or with [tool.nuages] in its pyproject.toml."
  (locate-dominating-file
   default-directory
   (lambda (folder)
     (let ((pyproject (expand-file-name "pyproject.toml" folder)))
       (or (file-exists-p (expand-file-name "manage.py" folder))
           (and (file-readable-p pyproject)
                (with-temp-buffer
                  (insert-file-contents pyproject)
                  (re-search-forward "^\\[tool\\.nuages[].]" nil t))))))))

(defun nuages-serve ()
  "Starts `nuages serve' for this file, or joins the one of its project."
  (when (nuages-project) (eglot-ensure)))

;; html-mode stands for mhtml-mode and html-ts-mode as well.
(add-to-list 'eglot-server-programs
             '(((html-mode :language-id "htmldjango") (web-mode :language-id "htmldjango")) . ("nuages" "serve")))
(add-to-list 'project-vc-extra-root-markers "manage.py")
(add-hook 'html-mode-hook #'nuages-serve)
(add-hook 'web-mode-hook #'nuages-serve)
