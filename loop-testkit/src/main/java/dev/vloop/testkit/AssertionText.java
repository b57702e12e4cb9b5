package dev.vloop.testkit;

import org.assertj.core.api.WritableAssertionInfo;

/** The message of an assertion that failed, with what its user has said of it: {@code as(..)}, {@code withFailMessage(..)}. */
final class AssertionText {
    private AssertionText() {}

    /** {@return the user's message if there is one, else ours, with the user's description before it} */
    static String of(WritableAssertionInfo info, String ours) {
        String users = info.overridingErrorMessage();
        String message = users == null ? ours : users;
        String description = info.descriptionText();
        return description.isEmpty() ? message : "[" + description + "] " + message;
    }
}
