// Contract: an image that could not be built; the message is complete.
// Owner: norma.image.
package norma.image;

/** A failed image build. */
public final class ImageException extends Exception {
    private static final long serialVersionUID = 1L;

    public ImageException(String message) {
        super(message);
    }
}
