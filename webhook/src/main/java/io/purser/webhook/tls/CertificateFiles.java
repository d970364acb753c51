package io.purser.webhook.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the serving certificate lies on disk.
 *
 * @param certificate the PEM file of the leaf certificate, followed by its intermediates
 * @param key the PEM file of the leaf's private key: PKCS #8, PKCS #1 or SEC 1, not encrypted
 * @param clientAuthorities the PEM file of the authorities whose client certificates are let in; null lets in everyone
 */
public record CertificateFiles(
        Path certificate, Path key, @Nullable Path clientAuthorities) {}
