"""What reading costs against decoding the pictures alone, and what printing and starting cost."""
