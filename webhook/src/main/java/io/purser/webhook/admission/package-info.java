/** AdmissionReview v1 in and out. */
@NullMarked
package io.purser.webhook.admission;

import org.jspecify.annotations.NullMarked;
