package io.purser.certs.cluster;

/**
 * The objects that the certificates are about.
 *
 * @param namespace of the Secret and the Lease
 * @param secret name of the Secret that holds the authority
 * @param lease name of the Lease that elects the writer
 * @param webhookConfiguration name of the MutatingWebhookConfiguration that trusts the authority
 */
public record Target(String namespace, String secret, String lease, String webhookConfiguration) {}
