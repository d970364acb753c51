package io.purser.webhook.admission;

import io.purser.webhook.plan.Decision;

/**
 * The response to one AdmissionReview.
 *
 * @param json the AdmissionReview to send, UTF-8
 * @param uid of the request
 * @param namespace of the pod; may be empty
 * @param pod the pod's name as far as it is known; may be empty
 * @param decision what was decided, of this pod or of a twin that came before; its warnings and violations may quote annotations, never a secret
 * @param remembered whether the review was not read, because a twin of its pod was answered before
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: handed to the socket
public record Answer(byte[] json, String uid, String namespace, String pod, Decision decision, boolean remembered) {}
