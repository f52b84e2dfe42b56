# shellcheck shell=bash
# Lets pip inside a root work as on the machine: same index, same certificates. A root has its own /etc and /usr,
# so what the machine keeps there is copied into the cache, and the variables that name it follow.

pass_python_configuration() {
    local copies=$cache/host variable value
    [ -n "$root" ] || return 0
    mkdir -p "$copies"
    if [ -z "${PIP_CONFIG_FILE-}" ] && [ -r /etc/pip.conf ]; then
        export PIP_CONFIG_FILE=/etc/pip.conf
    fi
    if [ -z "${PIP_CERT-}" ] && [ -r /etc/ssl/certs/ca-certificates.crt ]; then
        export PIP_CERT=/etc/ssl/certs/ca-certificates.crt
    fi
    for variable in PIP_CONFIG_FILE PIP_CERT REQUESTS_CA_BUNDLE SSL_CERT_FILE CURL_CA_BUNDLE GIT_SSL_CAINFO; do
        value=${!variable-}
        case $value in
            /etc/* | /usr/*)
                cp -f -- "$value" "$copies/$variable" 2>/dev/null || continue
                export "$variable=$copies/$variable"
                ;;
        esac
    done
    unset SSL_CERT_DIR
}
