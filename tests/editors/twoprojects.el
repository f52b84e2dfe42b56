;;; Watches a page of each of two projects in Emacs while another program changes their files.  -*- lexical-binding: t -*-
;; Writes what it saw as JSON. Started by tst_twoprojects.cpp, which names the steps in steps.json.
(require 'cl-lib)
(require 'flymake)
(require 'json)

(defvar nuages-seen nil "What was seen after each step so far, the last first.")

(defun nuages-open (page)
  "Visits PAGE of the home, and returns its buffer."
  (find-file (expand-file-name page "~"))
  (run-hooks 'post-command-hook) ; what ends each command of a person, and where eglot-ensure connects
  (current-buffer))

(defun nuages-messages (page)
  (with-current-buffer page
    (flymake-start)
    (vconcat (mapcar #'flymake-diagnostic-text
                     (sort (flymake-diagnostics)
                           (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b))))))))

(defun nuages-right-p (seen wanted)
  "Whether SEEN are the messages WANTED, but for a rule in front."
  (and (= (length seen) (length wanted))
       (cl-every (lambda (message text) (string-suffix-p text message)) seen wanted)))

(defun nuages-play ()
  (let ((one (nuages-open "one/templates/page.html"))
        (two (nuages-open "two/templates/page.html")))
    (dolist (step (append (json-read-file "~/steps.json") nil))
      (let-alist step
        (let ((default-directory (file-name-as-directory (expand-file-name "~")))
              seen-in-one seen-in-two)
          (unless (eql 0 (call-process "sh" nil nil nil "-c" .command)) (error "%s" .command))
          (with-timeout (60 (error "Timed out: %s; %S %S" .command seen-in-one seen-in-two))
            (while (progn (setq seen-in-one (nuages-messages one)
                                seen-in-two (nuages-messages two))
                          (not (and (nuages-right-p seen-in-one .one) (nuages-right-p seen-in-two .two))))
              (accept-process-output nil 0.01)))
          (push (list (cons 'one seen-in-one) (cons 'two seen-in-two)) nuages-seen))))
    (with-current-buffer one (eglot-shutdown (eglot-current-server)))))

(setq create-lockfiles nil
      make-backup-files nil
      eglot-sync-connect 60
      eglot-connect-timeout 60)
(let (report)
  (condition-case fault
      (nuages-play)
    (error (push (cons 'fault (error-message-string fault)) report)))
  (push (cons 'steps (vconcat (nreverse nuages-seen))) report)
  (let ((coding-system-for-write 'utf-8-unix))
    (write-region (json-encode report) nil (getenv "NUAGES_REPORT") nil 'quiet)))
