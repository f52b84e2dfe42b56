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
  "Starts `nuages serve' for this file, or joins the one that runs."
  (when (nuages-project) (eglot-ensure)))

;; For eglot, and for nothing else, all projects of Django are one, so that one server serves them; it finds the project
;; of each template by itself, and watches the disk.
(defvar nuages-projects nil "That one, as project.el has it: the root is the project whose template came first.")

(defun nuages-find-projects (_folder)
  (when (and eglot-lsp-context (derived-mode-p 'html-mode 'web-mode) (nuages-project))
    (or nuages-projects (setq nuages-projects (cons 'nuages (nuages-project))))))

(cl-defmethod project-root ((projects (head nuages))) (cdr projects))
(cl-defmethod project-name ((_ (head nuages))) "Django")
(cl-defmethod project-files ((_ (head nuages)) &optional _) nil) ; which eglot would watch

;; html-mode stands for mhtml-mode and html-ts-mode as well.
(add-to-list 'eglot-server-programs
             '(((html-mode :language-id "htmldjango") (web-mode :language-id "htmldjango")) . ("nuages" "serve")))
(add-hook 'project-find-functions #'nuages-find-projects)
(add-hook 'html-mode-hook #'nuages-serve)
(add-hook 'web-mode-hook #'nuages-serve)
