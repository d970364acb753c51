/*
 * TLS by OpenSSL for the agent's OpenSsl.java, each of whose native methods is one function here. OpenSSL sees no socket: what came from it and what goes to
 * it passes through two buffers in memory, so that time limits and closing stay Java's. OpenSSL verifies the peer's certificate and its name; nothing is
 * read from the environment or from OpenSSL's configuration.
 */
#include <jni.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/random.h>

enum { PIECE = 16384, LONGEST_REASON = 256, WHOLE_RANDOM = 256 }; /* of the last, getrandom(2) never gives a part */

/* Of a handshake, a read and a write that moved no byte; OpenSsl.java knows the same numbers. */
enum { DONE = 1, WANTS_INPUT = 0, ENDED = -1, FAILED = -2 };

#define NATIVE(type, name) JNIEXPORT type JNICALL Java_io_purser_agent_vault_openssl_OpenSsl_##name
#define UNUSED (void)env, (void)type

/* For whoever asks a library which OpenSSL is in it. */
__attribute__((used, retain)) static const char version[] = OPENSSL_VERSION_TEXT;

static jint outcome(const SSL *connection, int result) {
    switch (SSL_get_error(connection, result)) {
    case SSL_ERROR_WANT_READ: return WANTS_INPUT;
    case SSL_ERROR_ZERO_RETURN: return ENDED;
    default: return FAILED;
    }
}

static int piece_of(jint length) {
    return length < PIECE ? length : PIECE;
}

/* NULL where it is no certificate. */
static X509 *certificate(JNIEnv *env, jbyteArray der) {
    jbyte *bytes = (*env)->GetByteArrayElements(env, der, NULL);
    if (!bytes) return NULL;
    const unsigned char *at = (const unsigned char *)bytes;
    X509 *read = d2i_X509(NULL, &at, (*env)->GetArrayLength(env, der));
    (*env)->ReleaseByteArrayElements(env, der, bytes, JNI_ABORT);
    return read;
}

NATIVE(jlong, newContext)(JNIEnv *env, jclass type, jboolean verified) {
    UNUSED;
    OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, NULL);
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    if (!context) return 0;
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_security_level(context, 1); /* as the JDK: RSA keys from 1,024 bits, no signature with MD5 or SHA-1 */
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF); /* OpenSslContext keeps one */
    SSL_CTX_set_verify(context, verified ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, NULL);
    /* Each certificate that is trusted ends a chain, be it a root, an intermediate or the server's own. */
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_PARTIAL_CHAIN);
    return (jlong)context;
}

NATIVE(void, freeContext)(JNIEnv *env, jclass type, jlong context) {
    UNUSED;
    SSL_CTX_free((SSL_CTX *)context);
}

NATIVE(jboolean, trust)(JNIEnv *env, jclass type, jlong context, jbyteArray der) {
    (void)type;
    X509 *authority = certificate(env, der);
    int trusted = authority && X509_STORE_add_cert(SSL_CTX_get_cert_store((SSL_CTX *)context), authority);
    X509_free(authority);
    return trusted != 0;
}

NATIVE(jboolean, trustFile)(JNIEnv *env, jclass type, jlong context, jstring file) {
    (void)type;
    const char *path = (*env)->GetStringUTFChars(env, file, NULL);
    if (!path) return 0;
    int trusted = SSL_CTX_load_verify_file((SSL_CTX *)context, path);
    (*env)->ReleaseStringUTFChars(env, file, path);
    return trusted == 1;
}

NATIVE(jboolean, addOwn)(JNIEnv *env, jclass type, jlong context, jbyteArray der, jboolean leaf) {
    (void)type;
    X509 *own = certificate(env, der);
    long added = own && (leaf ? SSL_CTX_use_certificate((SSL_CTX *)context, own) : SSL_CTX_add1_chain_cert((SSL_CTX *)context, own));
    X509_free(own);
    return added == 1;
}

/* False where it is no key, or not that of the certificate. */
NATIVE(jboolean, setKey)(JNIEnv *env, jclass type, jlong context, jbyteArray der) {
    (void)type;
    jsize length = (*env)->GetArrayLength(env, der);
    jbyte *bytes = (*env)->GetByteArrayElements(env, der, NULL);
    if (!bytes) return 0;
    const unsigned char *at = (const unsigned char *)bytes;
    EVP_PKEY *key = d2i_AutoPrivateKey(NULL, &at, length);
    OPENSSL_cleanse(bytes, (size_t)length);
    (*env)->ReleaseByteArrayElements(env, der, bytes, JNI_ABORT);
    int set = key && SSL_CTX_use_PrivateKey((SSL_CTX *)context, key) == 1 && SSL_CTX_check_private_key((SSL_CTX *)context) == 1;
    EVP_PKEY_free(key);
    return set != 0;
}

/* The name, or address, is what the peer's certificate must bear. */
NATIVE(jlong, newConnection)(JNIEnv *env, jclass type, jlong context, jstring name, jlong session) {
    (void)type;
    const char *host = (*env)->GetStringUTFChars(env, name, NULL);
    if (!host) return 0;
    SSL *connection = SSL_new((SSL_CTX *)context);
    BIO *input = BIO_new(BIO_s_mem()), *output = BIO_new(BIO_s_mem());
    int ready = connection && input && output &&
                (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), host) ||
                 (SSL_set1_host(connection, host) && SSL_set_tlsext_host_name(connection, host)));
    (*env)->ReleaseStringUTFChars(env, name, host);
    if (!ready) {
        SSL_free(connection);
        BIO_free(input);
        BIO_free(output);
        return 0;
    }
    SSL_set_hostflags(connection, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    BIO_set_mem_eof_return(input, -1); /* empty is "not yet", not the end */
    SSL_set_bio(connection, input, output);
    SSL_set_connect_state(connection);
    if (session) SSL_set_session(connection, (SSL_SESSION *)session);
    return (jlong)connection;
}

/* Sends the peer a word of the end as well, which is in the output then. */
NATIVE(void, end)(JNIEnv *env, jclass type, jlong connection) {
    UNUSED;
    ERR_clear_error();
    if (!SSL_in_init((SSL *)connection)) SSL_shutdown((SSL *)connection);
}

NATIVE(void, freeConnection)(JNIEnv *env, jclass type, jlong connection) {
    UNUSED;
    SSL_free((SSL *)connection);
}

/* What the next connection can go on with; 0 if nothing. */
NATIVE(jlong, session)(JNIEnv *env, jclass type, jlong connection) {
    UNUSED;
    SSL_SESSION *session = SSL_get1_session((SSL *)connection);
    if (session && SSL_SESSION_is_resumable(session)) return (jlong)session;
    SSL_SESSION_free(session);
    return 0;
}

NATIVE(void, freeSession)(JNIEnv *env, jclass type, jlong session) {
    UNUSED;
    SSL_SESSION_free((SSL_SESSION *)session);
}

NATIVE(jint, handshake)(JNIEnv *env, jclass type, jlong connection) {
    UNUSED;
    ERR_clear_error();
    int result = SSL_do_handshake((SSL *)connection);
    return result == 1 ? DONE : outcome((SSL *)connection, result);
}

NATIVE(jint, read)(JNIEnv *env, jclass type, jlong connection, jbyteArray to, jint at, jint length) {
    (void)type;
    unsigned char piece[PIECE];
    ERR_clear_error();
    int count = SSL_read((SSL *)connection, piece, piece_of(length));
    if (count <= 0) return outcome((SSL *)connection, count);
    (*env)->SetByteArrayRegion(env, to, at, count, (const jbyte *)piece);
    OPENSSL_cleanse(piece, (size_t)count);
    return count;
}

NATIVE(jint, write)(JNIEnv *env, jclass type, jlong connection, jbyteArray from, jint at, jint length) {
    (void)type;
    unsigned char piece[PIECE];
    int offered = piece_of(length);
    (*env)->GetByteArrayRegion(env, from, at, offered, (jbyte *)piece);
    ERR_clear_error();
    int count = SSL_write((SSL *)connection, piece, offered);
    OPENSSL_cleanse(piece, (size_t)offered);
    return count > 0 ? count : outcome((SSL *)connection, count);
}

/* Bytes that came from the peer; false without memory for them. */
NATIVE(jboolean, put)(JNIEnv *env, jclass type, jlong connection, jbyteArray from, jint length) {
    (void)type;
    unsigned char piece[PIECE];
    jint offered = piece_of(length);
    (*env)->GetByteArrayRegion(env, from, 0, offered, (jbyte *)piece);
    return BIO_write(SSL_get_rbio((SSL *)connection), piece, offered) == length;
}

/* Bytes for the peer; 0 if there are none. */
NATIVE(jint, take)(JNIEnv *env, jclass type, jlong connection, jbyteArray to) {
    (void)type;
    unsigned char piece[PIECE];
    int count = BIO_read(SSL_get_wbio((SSL *)connection), piece, piece_of((*env)->GetArrayLength(env, to)));
    if (count <= 0) return 0;
    (*env)->SetByteArrayRegion(env, to, 0, count, (const jbyte *)piece);
    return count;
}

/* Why the call before failed, in OpenSSL's words. */
NATIVE(jstring, reason)(JNIEnv *env, jclass type, jlong connection) {
    (void)type;
    char text[LONGEST_REASON] = "no reason was given";
    long verdict = SSL_get_verify_result((SSL *)connection);
    unsigned long error = ERR_peek_last_error();
    if (verdict != X509_V_OK && SSL_get_verify_mode((SSL *)connection) != SSL_VERIFY_NONE) {
        BIO_snprintf(text, sizeof text, "certificate verify failed: %s", X509_verify_cert_error_string(verdict));
    } else if (error) {
        const char *known = ERR_reason_error_string(error);
        if (known) {
            BIO_snprintf(text, sizeof text, "%s", known);
        } else {
            BIO_snprintf(text, sizeof text, "error %lx", error);
        }
    }
    ERR_clear_error();
    return (*env)->NewStringUTF(env, text);
}

/* The kernel's random bytes; false if it gives none. */
NATIVE(jboolean, random)(JNIEnv *env, jclass type, jbyteArray to) {
    (void)type;
    unsigned char piece[WHOLE_RANDOM];
    jsize length = (*env)->GetArrayLength(env, to);
    for (jsize done = 0; done < length;) {
        jsize wanted = length - done < (jsize)sizeof piece ? length - done : (jsize)sizeof piece;
        if (getrandom(piece, (size_t)wanted, 0) != wanted) return 0;
        (*env)->SetByteArrayRegion(env, to, done, wanted, (const jbyte *)piece);
        done += wanted;
    }
    OPENSSL_cleanse(piece, sizeof piece);
    return 1;
}
