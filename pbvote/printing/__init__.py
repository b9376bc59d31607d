"""What everything that goes onto paper is drawn with: documents, words and QR codes. Knows nothing of any room."""
