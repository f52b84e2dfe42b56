;;; Plays the part of a user of Emacs, with resources/editors/emacs.el as init.el.  -*- lexical-binding: t -*-
;; Writes what it saw as JSON. Started by tst_editors.cpp; its word for each step is a member of the report.
(require 'cl-lib)
(require 'flymake)
(require 'json)

(defvar nuages-report nil "What was seen so far, an alist.")

(defun nuages-saw (step value) (push (cons step value) nuages-report))

(defun nuages-wait (what condition)
  "Waits until CONDITION returns something, which is returned."
  (with-timeout (60 (error "Timed out: %s" what))
    (let (found)
      (while (not (setq found (funcall condition))) (accept-process-output nil 0.01))
      found)))

(defun nuages-messages ()
  (flymake-start)
  (vconcat (mapcar #'flymake-diagnostic-text (flymake-diagnostics))))

(defun nuages-before (text)
  "Moves to the first TEXT of the buffer."
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defvar nuages-told nil "What the server shows a person first.")
(cl-defmethod eglot-handle-notification :before
  (_server (_method (eql window/showMessage)) &key message &allow-other-keys)
  (unless nuages-told (setq nuages-told message)))

(defun nuages-play ()
  (find-file (getenv "NUAGES_PAGE"))
  (run-hooks 'post-command-hook) ; what ends each command of a person, and where eglot-ensure connects
  (let ((page (current-buffer)))
    (nuages-saw 'diagnostics (nuages-wait "diagnostics" (lambda ()
                                                          (let ((messages (nuages-messages)))
                                                            (and (> (length messages) 0) messages)))))
    (nuages-saw 'told (nuages-wait "a word of the server" (lambda () nuages-told)))
    (nuages-before "for book")
    (let ((table (nth 2 (run-hook-with-args-until-success 'completion-at-point-functions))))
      (nuages-saw 'completion (vconcat (mapcar #'substring-no-properties (all-completions "" table)))))

    (let (hover)
      (eglot-hover-eldoc-function (lambda (text &rest _) (setq hover text)))
      (nuages-saw 'hover (substring-no-properties (nuages-wait "hover" (lambda () hover)))))

    (nuages-before "subject")
    (xref-find-definitions (xref-backend-identifier-at-point 'eglot))
    (nuages-saw 'definition (format "%s:%d" (buffer-file-name) (line-number-at-pos)))
    (set-buffer page)

    (goto-char (point-min))
    (end-of-line)
    (insert "{# é😀 #}{# end #}")
    (eglot--signal-textDocument/didChange)
    (search-backward "{# end")
    (insert "{% load catalog_tags %}")
    (eglot--signal-textDocument/didChange)
    (nuages-wait "no diagnostics" (lambda () (= 0 (length (nuages-messages)))))
    (nuages-saw 'edited (nuages-messages))

    (goto-char (point-max))
    (insert "\n{% inclu")
    (eglot--signal-textDocument/didChange)
    (completion-at-point)
    (nuages-saw 'completed (buffer-substring-no-properties (line-beginning-position) (line-end-position)))
    (eglot-shutdown (eglot-current-server))
    (set-buffer-modified-p nil)))

(setq create-lockfiles nil
      make-backup-files nil
      eglot-sync-connect 60
      eglot-connect-timeout 60)
(condition-case fault
    (nuages-play)
  (error (nuages-saw 'fault (error-message-string fault))))
(let ((coding-system-for-write 'utf-8-unix))
  (write-region (json-encode nuages-report) nil (getenv "NUAGES_REPORT") nil 'quiet))
