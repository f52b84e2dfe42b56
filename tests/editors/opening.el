;;; Looks at one file in Emacs, and writes what it saw as JSON. Started by tst_opening.cpp.  -*- lexical-binding: t -*-
(require 'flymake)
(require 'json)

(defvar nuages-judged nil "Whether the server has said what is wrong, or that nothing is.")
(cl-defmethod eglot-handle-notification :after
  (_server (_method (eql textDocument/publishDiagnostics)) &rest _)
  (setq nuages-judged t))

(setq create-lockfiles nil
      eglot-sync-connect 60
      eglot-connect-timeout 60)
(find-file (getenv "NUAGES_PAGE"))
(run-hooks 'post-command-hook) ; what ends each command of a person, and where eglot-ensure connects
(let* ((served (and (eglot-current-server) t))
       (report (list (cons 'served (or served json-false)))))
  (when served
    (with-timeout (60 (push '(fault . "no word of diagnostics") report))
      (while (not nuages-judged) (accept-process-output nil 0.01)))
    (flymake-start)
    (push (cons 'diagnostics (vconcat (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))) report)
    (eglot-shutdown (eglot-current-server)))
  (let ((coding-system-for-write 'utf-8-unix))
    (write-region (json-encode report) nil (getenv "NUAGES_REPORT") nil 'quiet)))
