;;; Looks at one file in Emacs, and writes what it saw as JSON. Started by tst_opening.cpp.  -*- lexical-binding: t -*-
(require 'flymake)
(require 'json)

(setq create-lockfiles nil
      eglot-sync-connect 60
      eglot-connect-timeout 60)
(find-file (getenv "NUAGES_PAGE"))
(run-hooks 'post-command-hook) ; what ends each command of a person, and where eglot-ensure connects
(let* ((served (and (eglot-current-server) t))
       (report (list (cons 'served (or served json-false)))))
  (when served
    (with-timeout (60 (push '(fault . "no diagnostics") report))
      (while (progn (flymake-start) (null (flymake-diagnostics))) (accept-process-output nil 0.01)))
    (push (cons 'diagnostics (vconcat (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))) report)
    (eglot-shutdown (eglot-current-server)))
  (let ((coding-system-for-write 'utf-8-unix))
    (write-region (json-encode report) nil (getenv "NUAGES_REPORT") nil 'quiet)))
